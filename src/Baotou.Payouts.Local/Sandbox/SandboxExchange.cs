using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Exchange;
using Baotou.Payouts.Local.Sandbox.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Baotou.Payouts.Local.Sandbox;

/// <summary>
/// All agencies of the sandbox behind one loopback address: the datasets of facts and the treasury's accounts, signed, paged and, if
/// wanted, faulty. Its as-of stands at the first tick and moves only by <see cref="AdvanceTo"/>, which the driver calls when no work is
/// left.
/// </summary>
public sealed class SandboxExchange : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SandboxFaults _faults;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, (AgencyOptions Agency, SandboxGate Gate, ISandboxDataset Dataset)> _datasets = new(
        StringComparer.Ordinal
    );
    private int _tick;
    private long _requests;

    private SandboxExchange(SandboxWorld world, SandboxFaults faults, TimeProvider time, WebApplication application)
    {
        World = world;
        _faults = faults;
        _time = time;
        _application = application;
    }

    /// <summary>
    /// How the sandbox is met: the layers of production with shorter waits, so that a walk with a fifth of its answers at fault takes
    /// seconds. Eight retries, because three faults running, a jump of the clock and a busy machine may come together.
    /// </summary>
    public static ExchangeResilience Resilience { get; } =
        new()
        {
            AttemptTimeout = TimeSpan.FromSeconds(2),
            TotalTimeout = TimeSpan.FromSeconds(45),
            MaxRetries = 8,
            BaseDelay = TimeSpan.FromMilliseconds(20),
            MaxDelay = TimeSpan.FromMilliseconds(200),
            BreakerWindow = TimeSpan.FromSeconds(30),
            BreakerMinimum = 50,
            BreakAtFailureRatio = 0.95,
            BreakDuration = TimeSpan.FromSeconds(1),
        };

    /// <summary>The city behind it.</summary>
    public SandboxWorld World { get; }

    /// <summary>Where it listens, loopback only.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Index of the tick it stands at, from 0.</summary>
    public int Tick => Volatile.Read(ref _tick);

    /// <summary>The moment up to which all agencies have told everything.</summary>
    public DateTimeOffset AsOf => SandboxCalendar.Ticks[Tick];

    /// <summary>Requests so far, refused and faulty ones included.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>What the client is told: addresses, ids and secrets, derived from the seed, and <see cref="Resilience"/>.</summary>
    public ExchangeOptions Options =>
        new()
        {
            Agencies = [.. _datasets.Values.Select(d => d.Agency).Where(a => a.Source != SandboxWorld.Treasury)],
            Treasury = _datasets[SandboxWorld.Treasury].Agency,
            Resilience = Resilience,
        };

    /// <summary>Starts it.</summary>
    /// <param name="world">The city.</param>
    /// <param name="faults">What goes wrong; null for nothing.</param>
    /// <param name="port">A port of 127.0.0.1, or 0 for a free one.</param>
    /// <param name="time">The clock of signatures; null for the system's.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<SandboxExchange> StartAsync(
        SandboxWorld world,
        SandboxFaults? faults = null,
        int port = 0,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, EndsWithItsOwner>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var exchange = new SandboxExchange(world, faults ?? SandboxFaults.None, time ?? TimeProvider.System, builder.Build());
        exchange._application.Run(exchange.AnswerAsync);
        await exchange._application.StartAsync(cancellationToken).ConfigureAwait(false);
        exchange.Address = new Uri(exchange._application.Urls.Single() + "/");
        exchange.OpenDatasets();
        return exchange;
    }

    /// <summary>Moves the as-of of all agencies on to a tick; throws if that would be back or behind the calendar.</summary>
    public void AdvanceTo(int tick)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tick, Tick);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tick, SandboxCalendar.Ticks.Count);
        Volatile.Write(ref _tick, tick);
    }

    /// <summary>Moves on to the next tick; false if it stood at the last.</summary>
    public bool Advance()
    {
        if (Tick == SandboxCalendar.Ticks.Count - 1)
            return false;
        AdvanceTo(Tick + 1);
        return true;
    }

    /// <summary>Stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private void OpenDatasets()
    {
        var told = World.Records.ToLookup(r => r.Source, StringComparer.Ordinal);
        var grown = told.Select(r => r.Key)
            .Except(SandboxWorld.Datasets.Keys)
            .Order(StringComparer.Ordinal)
            .Select(s => KeyValuePair.Create(s, WalkKind.Cursor));
        foreach (var (source, kind) in SandboxWorld.Datasets.Concat(grown))
            Open(
                source,
                kind,
                kind == WalkKind.Cursor ? new CursorDataset([.. told[source]]) : new SnapshotDataset(source, [.. told[source]])
            );
        Open(SandboxWorld.Treasury, WalkKind.Cursor, new CursorDataset(World.Accounts));
    }

    private void Open(string source, WalkKind kind, ISandboxDataset dataset)
    {
        var agency = new AgencyOptions
        {
            Source = source,
            BaseAddress = new Uri(Address, source + "/"),
            Kind = kind,
            ClientId = "sandbox-payouts",
            ServiceId = "sandbox-" + source,
            Secret = SecretOf(source),
        };
        _datasets[source] = (agency, new SandboxGate(agency, _time), dataset);
    }

    /// <summary>A secret of the sandbox is worth nothing; it is made here so that none stands in a file.</summary>
    private string SecretOf(string source) =>
        Convert.ToBase64String(
            HMACSHA256.HashData(BitConverter.GetBytes(World.Seed), Encoding.UTF8.GetBytes("sandbox secret of " + source))
        );

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        var path = (context.Request.Path.Value ?? "").Trim('/').Split('/');
        if (
            path.Length != 2
            || !_datasets.TryGetValue(path[0], out var found)
            || path[1] != (path[0] == SandboxWorld.Treasury ? "accounts" : "records")
        )
        {
            await WriteAsync(context, 404, "{\"code\":404,\"message\":\"no such dataset\",\"data\":null}").ConfigureAwait(false);
            return;
        }

        var (agency, gate, dataset) = found;
        var fault = _faults.Next(path[0] + context.Request.QueryString.Value);
        if (fault == SandboxFault.ClockJump)
            gate.JumpClock();
        context.Response.Headers.Date = gate.Now.ToString("R", CultureInfo.InvariantCulture);
        if (gate.Refusal(context.Request.Headers) is { } refusal)
            await RefuseAsync(context, agency.Kind, refusal).ConfigureAwait(false);
        else if (PageOf(context.Request.Query, agency.Kind, dataset) is not { } page)
            await WriteAsync(context, 400, "{\"code\":400,\"message\":\"no such page\",\"data\":null}").ConfigureAwait(false);
        else
            await SendAsync(context, SandboxJson.Of(page, fault, World.Seed), fault).ConfigureAwait(false);
    }

    /// <summary>Convention A says no with a code alone, convention B by HTTP too.</summary>
    private static Task RefuseAsync(HttpContext context, WalkKind kind, string why) =>
        kind == WalkKind.Cursor
            ? WriteAsync(context, 200, $"{{\"code\":300,\"message\":\"{why}\",\"data\":null}}")
            : WriteAsync(context, 401, $"{{\"code\":401,\"message\":\"{why}\",\"data\":null}}");

    private SandboxPage? PageOf(IQueryCollection query, WalkKind kind, ISandboxDataset dataset)
    {
        if (!int.TryParse(query["size"], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > 1_000)
            return null;
        return dataset.Page(Tick, query[kind == WalkKind.Cursor ? "cursor" : "start"].ToString(), size, query["snapshot"].ToString());
    }

    private async Task SendAsync(HttpContext context, byte[] body, SandboxFault fault)
    {
        switch (fault)
        {
            case SandboxFault.ServerError:
                await WriteAsync(context, 500, "{\"code\":500,\"message\":\"planted\",\"data\":null}").ConfigureAwait(false);
                return;
            case SandboxFault.Busy:
                await WriteAsync(context, 200, "{\"code\":503,\"message\":\"planted\",\"data\":null}").ConfigureAwait(false);
                return;
            case SandboxFault.Silence:
                await WaitAsync(Resilience.AttemptTimeout * 1.5, context.RequestAborted).ConfigureAwait(false);
                context.Abort();
                return;
            case SandboxFault.Slow:
                await WaitAsync(TimeSpan.FromMilliseconds(150), context.RequestAborted).ConfigureAwait(false);
                break;
            case SandboxFault.Truncated:
                body = body[..(body.Length / 2)];
                break;
            case SandboxFault.BrokenLine:
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                context.Abort();
                return;
            default:
                break;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Waits on the wall clock, whatever clock the signatures go by: a client's time-out is of this world.</summary>
    private static Task WaitAsync(TimeSpan span, CancellationToken aborted) =>
        Task.Delay(span, TimeProvider.System, aborted)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Signals of the terminal are the command's; the sandbox stops when it is disposed.</summary>
    private sealed class EndsWithItsOwner : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
