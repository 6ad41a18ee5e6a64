using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Rerunning;

/// <summary>
/// A city whose records were corrected after everything was confirmed and one payout was paid: enterprise 1 is due 36 instead of 30, 2 is
/// due 12 instead of 60, 3 nothing instead of 90, and 4, which was paid 45, is due 15. A third of each is the county's.
/// </summary>
internal sealed class Corrected
{
    public static readonly RerunScope Everything = new(null, null, null);

    private readonly TinyCity _city = new();

    public TinyCity City => _city;

    public Engine Over(IRowStore rows) => new(_city, rows, patience: TimeSpan.FromDays(10_000));

    /// <summary>The first round, paid; then the corrections are walked.</summary>
    public async Task BeginAsync(Engine engine, bool matched = true, long yuan = 1_000)
    {
        _city.Accounts(9);
        _city.Culture.Told.Clear();
        for (var i = 1; i <= 4; i++)
            _city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", "2023-01-10", i == 4 ? 45 : 30 * i));
        _city.Until("2023-01-31");
        await TinyCity.BeginAsync(engine, yuan);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        await PayAsync(engine, "v4");
        Correct(1, 36);
        Correct(2, 12);
        Correct(3, 0, withdrawn: true);
        Correct(4, 15);
        _city.Until("2023-02-28");
        await engine.WalkAsync();
        if (!matched)
            return;
        await engine.SettleAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
    }

    public void Correct(int enterprise, long visitors, string day = "2023-02-10", bool withdrawn = false) =>
        _city.Culture.Told.Add(TinyCity.Visit(enterprise, $"v{enterprise}", "2023-01-10", visitors, day, withdrawn: withdrawn));

    public static async Task<Run> DryAsync(Engine engine, string key = "key-1", RerunScope? scope = null) =>
        (
            await engine
                .Get<StartRun>()
                .DryAsync(scope ?? Everything, "corrections", Mark("wang", key), TinyCity.End("2023-02-28"), default)
        )!;

    /// <summary>Asks for a difference to be applied; throws if it makes no sense.</summary>
    public static async Task<Approval> AskAsync(Engine engine, Run run, string key = "ask-1") =>
        Assert.IsType<Requesting.Asked>(await RequestAsync(engine, run.Id, run.Difference!.Value, key)).Approval;

    public static Task<Requesting> RequestAsync(Engine engine, string run, ContentHash difference, string key = "ask-1") =>
        engine
            .Get<Approvals>()
            .RequestAsync(new Proposal.Rerun(run, difference), "corrections", Mark("wang", key), TinyCity.End("2023-02-28"), default);

    public static Task<Decided> AgreeAsync(Engine engine, Approval approval, string subject = "li") =>
        engine.Get<Approvals>().DecideAsync(approval.Id, true, "", subject, TinyCity.End("2023-02-28"), default);

    /// <summary>Works until nothing is left, approvals included.</summary>
    public static async Task SettleAsync(Engine engine)
    {
        for (var i = 0; i < 3; i++)
        {
            await engine.Get<Approvals>().FinishAllAsync(default);
            await engine.SettleAsync();
            await engine.Get<Sweep>().PayoutsAsync(default);
        }
    }

    /// <summary>"v1:higher 30→36" and so on.</summary>
    public static string Told(Difference difference) =>
        string.Join(
            ", ",
            difference
                .Lines.OrderBy(l => l.Occasion, StringComparer.Ordinal)
                .Select(l => $"{l.Occasion}:{l.Kind.ToString().ToLowerInvariant()} {Engine.Yuan(l.Before)}→{Engine.Yuan(l.After)}")
        );

    public static async Task<Difference> NowAsync(Engine engine) => await engine.Get<DryRun>().HandleAsync(Everything, default);

    /// <summary>"v2:Confirmed 8" for each payout that holds money, in yuan of the city.</summary>
    public static async Task<string> PayoutsAsync(Engine engine) =>
        string.Join(
            ", ",
            (await engine.PayoutsAsync())
                .Where(p => p.State is not PayoutState.Released)
                .OrderBy(p => p.Claim.Occasion, StringComparer.Ordinal)
                .ThenBy(p => p.Claim.Number)
                .Select(p => $"{p.Claim.Occasion}:{p.State} {Engine.Yuan(p.City)}")
        );

    public static RequestMark Mark(string subject, string key) => new(subject, key, ContentHash.OfText(key));

    /// <summary>
    /// As the treasury's answer will: the payout is instructed, the pool's log has the settlement, the payout is paid. Done once, however
    /// often it is asked for.
    /// </summary>
    public static async Task PayAsync(Engine engine, string occasion)
    {
        var id = (await engine.PayoutsAsync()).Single(p => p.Claim.Occasion == occasion && p.Claim.Number == 0 && p.Part == 0).Id;
        var store = engine.Get<IPayoutStore>();
        while (
            (await store.ReadAsync(id, default))!
                is { Payout: { State: PayoutState.Confirmed or PayoutState.Instructed or PayoutState.Settling } payout } stored
        )
        {
            var next =
                payout.State == PayoutState.Confirmed ? PayoutState.Instructed
                : payout.State == PayoutState.Instructed ? PayoutState.Settling
                : PayoutState.Paid;
            if (next == PayoutState.Paid)
                await engine
                    .Get<IPoolLog>()
                    .SubmitAsync(
                        payout.Pool,
                        new PoolInput.Settle($"settle:{id}:1", "batch", 1, 1, payout.City, ContentHash.None),
                        default
                    );
            await store.MoveAsync(stored, payout.Move(next), default);
        }

        await engine.SettleAsync();
    }
}
