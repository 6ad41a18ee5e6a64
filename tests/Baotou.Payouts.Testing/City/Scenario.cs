using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Confirming;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Testing.City;

/// <summary>
/// A piece of a year in a city of twenty enterprises, or fewer. Played again from its beginning over rows that hold a part of it, it does
/// the rest: whoever asked and got no answer asks again.
/// </summary>
/// <param name="Name">What happens in it.</param>
/// <param name="Ticks">How many months the agencies have told of when it begins.</param>
/// <param name="Before">What happened before, undisturbed.</param>
/// <param name="Play">What happens.</param>
internal sealed record Scenario(string Name, int Ticks, Func<Engine, Task> Before, Func<Engine, Task> Play)
{
    public static readonly IReadOnlyList<Scenario> All =
    [
        new(
            "full run",
            1,
            _ => Task.CompletedTask,
            async engine =>
            {
                await OpenedAsync(engine);
                await PassAsync(engine);
            }
        ),
        new("one round", 1, WalkedAsync, WorkAsync) { Enterprises = 6, HasOnePool = true },
        new("second round", 2, FirstAsync, PassAsync),
        new(
            "rerun",
            1,
            ImportedAsync,
            async engine =>
            {
                await PassAsync(engine);
                await engine.Get<OpenRound>().OnRequestAsync(default);
                await engine.SettleAsync();
            }
        ),
        new(
            "rerun with approval",
            2,
            SecondAsync,
            async engine =>
            {
                var run = (
                    await engine
                        .Get<StartRun>()
                        .DryAsync(
                            new RerunScope(null, null, null),
                            "corrections",
                            Officers.Mark("wang", "dry run"),
                            TinyCity.End("2023-02-28"),
                            default
                        )
                )!;
                await Officers.DoAsync(engine, new Proposal.Rerun(run.Id, run.Difference!.Value));
                await WorkAsync(engine);
            }
        ),
        new(
            "appropriation",
            1,
            FirstAsync,
            async engine =>
            {
                await Officers.DoAsync(engine, new Proposal.Appropriate(TinyList.Culture, Fen.FromYuan(45), "no. 2"));
                await WorkAsync(engine);
            }
        ),
        new(
            "cut",
            1,
            FirstAsync,
            async engine =>
            {
                await Officers.DoAsync(engine, new Proposal.Cut(TinyList.Tax, Fen.FromYuan(10), "no. 3"));
                // Above what is free an officer is refused at once; one that got into the log nevertheless is refused by the pool.
                await engine
                    .Get<OfficerActs>()
                    .CutAsync(
                        TinyList.Culture,
                        "cut:4",
                        Fen.FromYuan(10),
                        "no. 4",
                        TinyCity.Morning("2023-03-02"),
                        TinyCity.Persons,
                        default
                    );
                await WorkAsync(engine);
            }
        ),
        new(
            "withdrawal",
            1,
            FirstAsync,
            async engine =>
            {
                // The claim within which the pool ran dry, and the last of the line; what comes then goes to those between them.
                var (part, granted) = await DryWithinAsync(engine);
                var last = (await engine.EntitlementsAsync()).Last(e => e.Pool == TinyList.Culture).Claim.Key;
                await Officers.DoAsync(engine, new Proposal.Withdraw(part, granted, "no. 6"));
                await Officers.DoAsync(engine, new Proposal.Withdraw(last, Fen.Zero, "no. 7"));
                await Officers.DoAsync(engine, new Proposal.Appropriate(TinyList.Culture, Fen.FromYuan(45), "no. 2"));
                await WorkAsync(engine);
            }
        ),
        new(
            "release",
            1,
            FirstAsync,
            async engine =>
            {
                await Officers.DoAsync(engine, new Proposal.ReleaseMoney((await FirstOfAsync(engine, TinyList.Culture)).Id));
                await WorkAsync(engine);
            }
        ),
        new(
            "confirmation",
            1,
            FirstAsync,
            async engine =>
            {
                var payouts = (await engine.PayoutsAsync()).Where(p => p.Pool == TinyList.Tax).ToList();
                foreach (var (payout, word) in payouts.Zip([Word.Confirm, Word.Decline, Word.Confirm]))
                    await engine
                        .Get<ConfirmPayout>()
                        .HandleAsync(payout.Id, word, "1234", Officers.Mark(payout.Claim.Uscc.Value, word.ToString()), default);
                await WorkAsync(engine);
            }
        ),
        new(
            "settlement and recovery",
            1,
            FirstAsync,
            async engine =>
            {
                var id = (await FirstOfAsync(engine, TinyList.Culture)).Id;
                await PayAsync(engine, id);
                await Officers.DoAsync(engine, new Proposal.ClawBack(id, Fen.FromYuan(3), "no. 4"));
                await Officers.DoAsync(engine, new Proposal.Recovered(id, "no. 5"));
                await WorkAsync(engine);
            }
        ),
        new(
            "close with carry-in",
            2,
            SecondAsync,
            async engine =>
            {
                await Officers.DoAsync(engine, new Proposal.ClosePool(TinyList.Culture, "end of year"));
                await WorkAsync(engine);
                await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
                await engine.SettleAsync();
                await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 1, 40);
                await WorkAsync(engine);
            }
        ),
    ];

    /// <summary>How many enterprises there are; the last of them has no account.</summary>
    public int Enterprises { get; init; } = 20;

    /// <summary>Whether the list has the entry "visit" alone, so that only its pool is opened.</summary>
    public bool HasOnePool { get; init; }

    public static Scenario Of(string name) => All.First(s => s.Name == name);

    /// <summary>The city as its agencies tell of it in this scenario.</summary>
    public TinyCity City() => CityOf(Ticks);

    /// <summary>The same in a smaller city.</summary>
    public Scenario Among(int enterprises) => this with { Enterprises = Math.Min(Enterprises, enterprises) };

    /// <summary>All of it, so that no round opens while only a part of the agencies has told again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(10_000);

    /// <summary>The engine over rows.</summary>
    public static Engine Over(TinyCity city, AzureStorage.Rows.IRowStore rows, FaultPlan? faults = null) =>
        new(city, rows, patience: Patience, faults: faults);

    /// <summary>The rows from which it begins.</summary>
    public async Task<WatchedRows> BeginAsync()
    {
        var rows = new WatchedRows();
        await using var engine = Over(CityOf(1), rows);
        await Before(engine);
        return rows;
    }

    private TinyCity CityOf(int ticks)
    {
        var figure = TinyList.Figure with { Terms = TinyList.Figure.Terms! with { Click = new(30) } };
        var city = new TinyCity
        {
            List = HasOnePool ? TinyList.Catalogue(TinyList.Visit) : TinyList.Catalogue(TinyList.Visit, figure),
            Enterprises = Enterprises,
        };
        city.Accounts(Enterprises - 1);
        Tell(city, ticks);
        return city;
    }

    /// <summary>
    /// January: ties within a batch, and a pool that runs dry within a claim. February: a late visit, one more visitor, fewer, none, and
    /// new ones.
    /// </summary>
    private static void Tell(TinyCity city, int ticks)
    {
        var last = city.Enterprises;
        for (var i = 1; i <= last; i++)
            city.Culture.Told.Add(
                TinyCity.Visit(
                    i,
                    $"v{i}",
                    i % 4 == 0 ? "2023-01-15" : $"2023-01-{5 + i:D2}",
                    12 + (3 * (i % 5)),
                    batch: i % 4 == 0 ? "b" : ""
                )
            );
        for (var i = 1; i <= 5; i++)
            city.Tax.Told.Add(TinyCity.Figure(i, 2022, "2023-01-15", 100 + (10 * i)));
        city.Until("2023-01-31");
        if (ticks == 1)
            return;
        city.Culture.Told.AddRange([
            TinyCity.Visit(3, "late", "2023-01-06", 15),
            TinyCity.Visit(2, "v2", "2023-01-07", 30, "2023-02-10"),
            TinyCity.Visit(1, "v1", "2023-01-06", 9, "2023-02-11"),
            TinyCity.Visit(last - 3, $"v{last - 3}", $"2023-01-{2 + last:D2}", 0, "2023-02-11", withdrawn: true),
            TinyCity.Visit(last - 2, $"v{last - 2}", $"2023-01-{3 + last:D2}", 12, "2023-02-12"),
            TinyCity.Visit(6, "new", "2023-02-20", 30),
        ]);
        city.Tax.Told.Add(TinyCity.Figure(6, 2022, "2023-02-15", 700));
        city.Until("2023-02-28");
    }

    /// <summary>The pools are open, one of them with too little for all.</summary>
    private static Task OpenedAsync(Engine engine) => TinyCity.BeginAsync(engine, cultureYuan: CultureYuan(engine), taxYuan: 100);

    private static async Task WalkedAsync(Engine engine)
    {
        await TinyCity.OpenAsync(engine, TinyList.Culture, CultureYuan(engine));
        await TinyCity.AutomaticAsync(engine, "visit");
        await engine.WalkAsync();
    }

    private static async Task FirstAsync(Engine engine)
    {
        await OpenedAsync(engine);
        await PassAsync(engine);
    }

    private static async Task SecondAsync(Engine engine)
    {
        await FirstAsync(engine);
        engine.City.Culture.Told.Clear();
        engine.City.Tax.Told.Clear();
        Tell(engine.City, 2);
        await PassAsync(engine);
    }

    /// <summary>Stored past the agencies, so that a round has to be asked for.</summary>
    private static async Task ImportedAsync(Engine engine)
    {
        await FirstAsync(engine);
        await engine.Get<RecordIntake>().StoreAsync("culture", [TinyCity.Visit(7, "imported", "2023-01-20", 21)], [], null, default);
    }

    private static async Task PassAsync(Engine engine)
    {
        do await engine.WalkAsync();
        while (!await IsWalkedAsync(engine));
        await WorkAsync(engine);
    }

    /// <summary>
    /// Whether everybody was asked. A message whose taking was not heard of stays hidden for long, and the next timer asks again.
    /// </summary>
    private static async Task<bool> IsWalkedAsync(Engine engine)
    {
        foreach (
            var (source, asOf) in new[]
            {
                ("culture", engine.City.Culture.AsOf),
                ("tax", engine.City.Tax.AsOf),
                (WalkAccounts.Source, DateTimeOffset.MinValue),
            }
        )
        {
            var (standing, _) = await engine.Get<ISourceLog>().ReadAsync(source, default);
            if (standing.Walks == 0 || (source != WalkAccounts.Source && standing.CompleteThrough < asOf))
                return false;
        }

        return true;
    }

    private static async Task WorkAsync(Engine engine)
    {
        await engine.Get<Sweep>().SweepAsync(default);
        await engine.DrainAsync();
        await engine.SettleAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
    }

    /// <summary>The claim of January that the culture pool could serve in part only, with what it got.</summary>
    private static async Task<(ClaimKey Claim, Fen Granted)> DryWithinAsync(Engine engine)
    {
        var left = Fen.FromYuan(CultureYuan(engine));
        foreach (var claim in (await engine.EntitlementsAsync()).Where(e => e.Pool == TinyList.Culture).Select(e => e.Claim))
        {
            if (claim.Amount > left)
                return (claim.Key, left);
            left -= claim.Amount;
        }

        throw new InvalidOperationException("The pool has enough for all.");
    }

    private static int CultureYuan(Engine engine) => 15 * engine.City.Enterprises / 2;

    private static async Task<Payout> FirstOfAsync(Engine engine, PoolYear pool) =>
        (await engine.PayoutsAsync()).First(p => p.Pool == pool);

    /// <summary>As the treasury's answer will: the payout is instructed, the pool's log has the settlement, the payout is paid.</summary>
    private static async Task PayAsync(Engine engine, string id)
    {
        var store = engine.Get<IPayoutStore>();
        while (
            (await store.ReadAsync(id, default))!
                is { Payout.State: PayoutState.Confirmed or PayoutState.Instructed or PayoutState.Settling } stored
        )
        {
            if (stored.Payout.State == PayoutState.Settling)
            {
                await engine
                    .Get<IPoolLog>()
                    .SubmitAsync(
                        stored.Payout.Pool,
                        new PoolInput.Settle($"settle:{id}:1", "batch", 1, 1, stored.Payout.City, ContentHash.None),
                        default
                    );
                await engine.Get<AllocatePool>().HandleAsync(stored.Payout.Pool, default);
            }

            var next = stored.Payout.State switch
            {
                PayoutState.Confirmed => PayoutState.Instructed,
                PayoutState.Instructed => PayoutState.Settling,
                _ => PayoutState.Paid,
            };
            await store.MoveAsync(stored, stored.Payout.Move(next), default);
        }
    }
}
