using System.Diagnostics;
using System.Globalization;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Bench;
using Baotou.Payouts.Local.Emulator;

if (args is ["status", .. var bounds])
{
    return await StatusLoad.RunAsync(bounds);
}

// Ratios within one run on one emulator say something about the ways; the rates only say something about this machine.
int payouts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9_900;
const int Rounds = 3;
int single = Math.Max(1, payouts / 20);

(string Name, int Payouts, Func<Taking, Task> Run)[] ways =
[
    ("balance alone, one at a time", single, taking => taking.OneByOneAsync(single, contenders: 1, withPayout: false)),
    ("balance alone, 8 contenders", single, taking => taking.OneByOneAsync(single, contenders: 8, withPayout: false)),
    ("balance and payout, one at a time", single, taking => taking.OneByOneAsync(single, contenders: 1, withPayout: true)),
    ("head and 99 payouts at once", payouts, taking => taking.FoldedAsync(payouts)),
];

await using AzuriteProcess azurite = await AzuriteProcess.StartAsync(folder: null, TimeProvider.System, CancellationToken.None);
var meter = new StorageMeter();
StorageAccount account = StorageAccount.FromConnectionString(azurite.ConnectionString, meter);
var measured = ways.ToDictionary(way => way.Name, _ => new List<(double Rate, double Requests, double Conflicts, double Kib)>());
for (int round = 0; round <= Rounds; round++)
{
    for (int n = 0; n < ways.Length; n++)
    {
        (string name, int count, Func<Taking, Task> run) = ways[n];
        string table = $"bench{round}x{n}";
        await StorageLayout.CreateAsync(account, [table], [], CancellationToken.None);
        var taking = new Taking(account.OpenRows(), table);
        long requests = meter.TableTransactions;
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        await run(taking);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        // Round 0 warms up the compilers of both sides.
        if (round > 0)
        {
            double kib = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1_024.0;
            measured[name]
                .Add(
                    (count / seconds, (double)(meter.TableTransactions - requests) / count, (double)taking.Conflicts / count, kib / count)
                );
        }
    }
}

double Median(string name, Func<(double Rate, double Requests, double Conflicts, double Kib), double> of) =>
    measured[name].Select(of).Order().ElementAt(Rounds / 2);
string slowest = ways.MinBy(way => Median(way.Name, one => one.Rate)).Name;
double times = Median(slowest, one => one.Rate);
double share = Median(slowest, one => one.Kib);
Console.WriteLine(
    $"{"way", -36}{"payouts/s", 12}{"times", 8}{"KiB/payout", 12}{"times", 8}{"requests/payout", 18}{"conflicts/payout", 18}"
);
foreach ((string name, _, _) in ways)
{
    double rate = Median(name, one => one.Rate);
    double kib = Median(name, one => one.Kib);
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name, -36}{rate, 12:F0}{rate / times, 8:F1}{kib, 12:F1}{kib / share, 8:F2}{Median(name, one => one.Requests), 18:F3}{Median(name, one => one.Conflicts), 18:F2}"
        )
    );
}

Console.WriteLine();
Computing.Run();
return 0;
