using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Local.Emulator;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Sandbox;
using Baotou.Payouts.Local.Sandbox.World;
using Baotou.Payouts.Web;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Bench;

/// <summary>
/// Asks the local host for statuses over HTTP, and the emulator for single rows, each for a bounded time and count. The rates say something
/// about this machine; the ratios, taken in one run, about what lies between a row and an answer: tokens, lookups, JSON, the network stack.
/// </summary>
internal static class StatusLoad
{
    private const long Seed = 7;
    private const int Buckets = 4;
    private const int MostRequests = 50_000;
    private const string Table = "benchrows";

    /// <summary>Runs it and prints a line for each way.</summary>
    /// <param name="bounds">Enterprises (1 to 2,000), seconds for each way (1 to 60), clients at once (1 to 64).</param>
    /// <returns>0, or 2 for bounds that are none.</returns>
    public static async Task<int> RunAsync(string[] bounds)
    {
        if (
            !Bound(bounds, 0, 200, 2_000, out var enterprises)
            || !Bound(bounds, 1, 10, 60, out var seconds)
            || !Bound(bounds, 2, 8, 64, out var clients)
        )
        {
            Console.Error.WriteLine("error: expected are enterprises (1 to 2000), seconds for each way (1 to 60) and clients (1 to 64)");
            return 2;
        }

        var keys = Directory.CreateTempSubdirectory("payouts-load-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder: null, TimeProvider.System, CancellationToken.None);
            await MeasureAsync(
                azurite.ConnectionString,
                enterprises,
                TimeSpan.FromSeconds(seconds),
                clients,
                name => name == "XDG_STATE_HOME" ? keys.FullName : null
            );
            return 0;
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string connection, int enterprises, TimeSpan time, int clients, Func<string, string?> variable)
    {
        var catalogue = CatalogueLoader.LoadEmbedded().Required();
        var world = SandboxWorld.Generate(Seed, enterprises, catalogue.Facts);
        await using var exchange = await SandboxExchange.StartAsync(world);
        var options = new LocalEngineOptions
        {
            Catalogue = catalogue,
            Engine = new EngineOptions { Buckets = Buckets, FixedDay = SandboxCalendar.BusinessDay },
            Cipher = new AccountCipher(new byte[AccountCipher.KeyBytes]),
            Exchange = exchange.Options,
            Web = new WebOptions
            {
                Issuers = LocalIssuer.Both(variable),
                RequestsPerMinute = int.MaxValue - 1,
                AnonymousPerMinute = int.MaxValue - 1,
            },
        };
        await using var engine = await LocalEngine.StartAsync(options, connection, CancellationToken.None);
        Console.Error.WriteLine($"Running a city of {enterprises} enterprises through its calendar");
        await new SandboxRun(engine, exchange, new SandboxOfficers(engine.Get<OfficerActs>(), catalogue, Seed, enterprises)).ToTheEndAsync(
            null,
            CancellationToken.None
        );
        var payouts = await PayoutsAsync(engine);
        var rows = await RowsAsync(connection, payouts.Count);

        await using var host = await LocalHost.StartAsync(engine, 0, CancellationToken.None);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = clients }) { BaseAddress = host.Address };
        var now = TimeProvider.System.GetUtcNow();
        var tokens = payouts
            .Select(p => p.Claim.Uscc)
            .Distinct()
            .ToDictionary(u => u, u => LocalIssuer.Write(variable, Role.Enterprise, "load", [u], null, now, now.AddHours(1)));
        (string Name, Func<int, Task> Request)[] ways =
        [
            ("one row of the emulator", n => rows.GetAsync(Table, "rows", Key(n % payouts.Count), CancellationToken.None)),
            (
                "a payout over HTTP",
                n => GetAsync(client, "api/payouts/" + payouts[n % payouts.Count].Id, tokens[payouts[n % payouts.Count].Claim.Uscc])
            ),
            (
                "an enterprise's status over HTTP",
                n =>
                    GetAsync(
                        client,
                        $"api/enterprises/{payouts[n % payouts.Count].Claim.Uscc}/payouts",
                        tokens[payouts[n % payouts.Count].Claim.Uscc]
                    )
            ),
        ];

        // Once without counting, for the compilers of both sides; then each way in turn.
        foreach (var (_, request) in ways)
            await LoadAsync(TimeSpan.FromSeconds(1), clients, request);
        Loaded? row = null;
        Console.WriteLine(
            $"{"way", -34}{"requests", 10}{"a second", 10}{"of rows", 9}{"p50 ms", 9}{"times", 7}{"p95 ms", 9}{"times", 7}{"p99 ms", 9}{"times", 7}"
        );
        foreach (var (name, request) in ways)
        {
            var loaded = await LoadAsync(time, clients, request);
            row ??= loaded;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -34}{loaded.Requests, 10}{loaded.Rate, 10:F0}{loaded.Rate / row.Rate, 9:F2}"
                )
                    + Times(loaded.P50, row.P50)
                    + Times(loaded.P95, row.P95)
                    + Times(loaded.P99, row.P99)
            );
        }
    }

    /// <summary>Rows as large as a payout's, read without our own seals.</summary>
    private static async Task<IRowStore> RowsAsync(string connection, int count)
    {
        var account = StorageAccount.FromConnectionString(connection, new StorageMeter());
        await StorageLayout.CreateAsync(account, [Table], [], CancellationToken.None);
        var rows = account.OpenRows();
        foreach (
            var chunk in Enumerable
                .Range(0, count)
                .Select(n => new RowWrite.Add(Key(n), new RowColumns { ["body"] = new string('x', 700) }))
                .Chunk(100)
        )
            await rows.CommitAsync(Table, "rows", chunk, CancellationToken.None);
        return rows;
    }

    private static async Task<List<Payout>> PayoutsAsync(LocalEngine engine)
    {
        var payouts = new List<Payout>();
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            await foreach (var stored in engine.Get<IPayoutStore>().ReadBucketAsync(bucket, CancellationToken.None))
                payouts.Add(stored.Payout);
        }

        return payouts;
    }

    private static async Task GetAsync(HttpClient client, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
    }

    /// <summary>Sends requests from several clients, each one after the other, until time or count is up.</summary>
    private static async Task<Loaded> LoadAsync(TimeSpan time, int clients, Func<int, Task> request)
    {
        var sent = 0;
        var begun = Stopwatch.GetTimestamp();
        var took = await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var mine = new List<double>();
                        while (Stopwatch.GetElapsedTime(begun) < time && Interlocked.Increment(ref sent) is var n && n <= MostRequests)
                        {
                            var at = Stopwatch.GetTimestamp();
                            await request(n);
                            mine.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                        }

                        return mine;
                    })
                )
        );
        return new Loaded([.. took.SelectMany(t => t).Order()], Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>Milliseconds, and how many times those of a row they are.</summary>
    private static string Times(double took, double ofRow) =>
        string.Create(CultureInfo.InvariantCulture, $"{took, 9:F2}{took / ofRow, 7:F1}");

    private static string Key(int n) => "r" + n.ToString("D6", CultureInfo.InvariantCulture);

    private static bool Bound(string[] bounds, int at, int usual, int most, out int value)
    {
        value = usual;
        return at >= bounds.Length
            || (int.TryParse(bounds[at], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= most);
    }

    /// <summary>What a way took, in milliseconds, in order.</summary>
    private sealed record Loaded(double[] Took, double Seconds)
    {
        public int Requests => Took.Length;

        public double Rate => Took.Length / Seconds;

        public double P50 => At(0.50);

        public double P95 => At(0.95);

        public double P99 => At(0.99);

        private double At(double share) => Took[Math.Min(Took.Length - 1, (int)(Took.Length * share))];
    }
}
