using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>Something somebody asks for until it is done.</summary>
internal sealed record Request(string Name, Func<Engine, Task> Do);

/// <summary>What happens at once. The agencies' part is there when the phase begins; the requests come in any order.</summary>
internal sealed record Phase(Action<TinyCity> Begin, IReadOnlyList<Request> Requests)
{
    /// <summary>Whether one of the workers is slow.</summary>
    public bool HasSlowWorker { get; init; }
}

/// <summary>
/// A year of a tiny city, drawn from a seed: pools that run dry, late facts, corrections and withdrawals, and the acts of officers,
/// each in a phase of its own ("apart") or while others work ("together").
/// </summary>
internal sealed class Script
{
    private readonly Chance _chance;
    private readonly bool _together;
    private readonly List<Phase> _phases = [];
    private int _records;
    private long _appropriated;

    public Script(ulong seed, bool together)
    {
        _chance = new Chance(seed);
        _together = together;
        var yuan = 30 + _chance.Next(90);
        _appropriated = yuan;
        _phases.Add(
            new Phase(
                city => city.Accounts(5),
                [
                    new Request(
                        "begin",
                        async e =>
                        {
                            await TinyCity.BeginAsync(e, yuan, 40);
                            await e.HandleAsync(QueueNames.Pull, new PullMessage(WalkAccounts.Source, 1));
                        }
                    ),
                ]
            )
        );
        Tick("2023-01-31", 2 + _chance.Next(3), first: true);
        if (_chance.Next(2) == 0)
            Act(Appropriate(10 + _chance.Next(100)));
        Tick("2023-02-28", _chance.Next(4), first: false);
        var last = _chance.Next(3);
        if (last == 0)
            Act(Release(_chance.Next(3)));
        if (last == 1)
            Act(Cut(1 + _chance.Next(20)));
        if (_chance.Next(3) > 0)
            return;
        if (_together && _chance.Next(2) == 0)
        {
            Act(
                new Request(
                    "close and open next",
                    async e =>
                    {
                        await CloseAsync(e);
                        await OpenNextAsync(e);
                        await TakeOverAsync(e);
                    }
                )
            );
            Timers(2);
        }
        else
        {
            Act(new Request("close", CloseAsync), alone: _chance.Next(2) == 0);
            Act(new Request("open next", OpenNextAsync), alone: true);
        }

        Act(new Request("appropriate next", e => TinyCity.AppropriateAsync(e, TinyList.CultureNext, 1, 40)), alone: true);
    }

    public IReadOnlyList<Phase> Phases => _phases;

    /// <summary>Yuan appropriated to the culture pool of the first year by all acts of the script.</summary>
    public long Appropriated => _appropriated;

    /// <summary>As an agreed proposal is done: the act, and the hint that the pool has an input.</summary>
    private static async Task CloseAsync(Engine engine)
    {
        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end of year", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);
        await engine
            .Get<IWorkQueue>()
            .SendAsync(
                QueueNames.Allocate,
                WorkMessages.Write(new AllocateMessage(TinyList.Culture.Pool, TinyList.Culture.FiscalYear)),
                TimeSpan.Zero,
                default
            );
    }

    private static Task OpenNextAsync(Engine engine) => TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);

    private void Tick(string day, int visits, bool first)
    {
        var month = day[..8];
        var told = new List<Domain.Facts.DeliveredRecord>();
        for (var i = 0; i < visits; i++)
        {
            var n = ++_records;
            var batch = _chance.Of("", "", "b");
            told.Add(
                TinyCity.Visit(
                    1 + _chance.Next(5),
                    $"v{n}",
                    month + (batch.Length > 0 ? "15" : $"{10 + _chance.Next(15)}"),
                    15 + (3 * _chance.Next(30)),
                    batch: batch
                )
            );
        }

        if (!first)
        {
            told.Add(TinyCity.Visit(1 + _chance.Next(5), $"v{++_records}", "2023-01-12", 15 + (3 * _chance.Next(10))));
            var change = _chance.Next(4);
            if (change > 0)
                Corrections.Add((change, month));
        }

        var figure = TinyCity.Figure(first ? 1 : 2, 2022, month + "15", 100 + (10 * _chance.Next(30)));
        var corrections = first ? [] : Corrections.ToList();
        _phases.Add(
            new Phase(
                city =>
                {
                    foreach (var (change, of) in corrections)
                    {
                        var old = city.Culture.Told[0];
                        var visitors = long.Parse(old.Values["visitors"], System.Globalization.CultureInfo.InvariantCulture);
                        city.Culture.Told.Add(
                            old with
                            {
                                RecordedAt = TinyCity.Text(TinyCity.Morning(of + "11")),
                                Withdrawn = change == 3,
                                Values =
                                    change == 3
                                        ? new Dictionary<string, string>()
                                        : new() { ["visitors"] = $"{(change == 1 ? visitors + 6 : visitors - 9)}" },
                            }
                        );
                    }

                    city.Culture.Told.AddRange(told);
                    city.Tax.Told.Add(figure);
                    city.Until(day);
                },
                [new Request("pull", e => e.Get<Sweep>().PullAsync(default))]
            )
        );
    }

    private List<(int Change, string Month)> Corrections { get; } = [];

    private void Act(Request request, bool alone = false)
    {
        if (!_together || alone || _phases.Count < 2)
        {
            _phases.Add(new Phase(_ => { }, [request]));
            return;
        }

        var requests = new List<Request>(_phases[^1].Requests) { request };
        if (_chance.Next(2) == 0)
            requests.Add(Instruct(_chance.Next(3)));
        _phases[^1] = _phases[^1] with { Requests = requests };
    }

    /// <summary>What a sweep does that had come past the rounds before.</summary>
    private static async Task TakeOverAsync(Engine engine)
    {
        await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
        await engine.Get<CarryOver>().HandleAsync(TinyList.Culture, default);
    }

    /// <summary>The platform may fire a timer more than once, on several machines at a time.</summary>
    private void Timers(int most)
    {
        var timers = Enumerable.Range(0, 1 + _chance.Next(most)).Select(_ => new Request("timer", e => e.Get<Sweep>().RunAsync(default)));
        _phases[^1] = _phases[^1] with { Requests = [.. _phases[^1].Requests, .. timers], HasSlowWorker = true };
    }

    private Request Appropriate(long yuan)
    {
        _appropriated += yuan;
        return new Request("appropriate", e => TinyCity.AppropriateAsync(e, TinyList.Culture, 2, yuan));
    }

    private static Request Cut(long yuan) =>
        new(
            "cut",
            e =>
                e.Get<OfficerActs>()
                    .CutAsync(
                        TinyList.Culture,
                        "cut:1",
                        Fen.FromYuan(yuan),
                        "no. 9",
                        TinyCity.Morning("2023-02-01"),
                        TinyCity.Persons,
                        default
                    )
        );

    private Request Release(int place)
    {
        var releases = new Request("release", ReleaseOf(place));
        if (_together && _phases.Count > 2)
            return releases with { Do = ReleaseOf(0) };
        return releases;
    }

    /// <summary>Whoever asks again asks for the same payout.</summary>
    private static Func<Engine, Task> ReleaseOf(int place)
    {
        var chosen = new System.Runtime.CompilerServices.ConditionalWeakTable<object, string>();
        return async e =>
        {
            var key = (object)e.City;
            if (!chosen.TryGetValue(key, out var id))
            {
                var all = (await e.PayoutsAsync()).Where(p => p.Pool == TinyList.Culture).ToList();
                if (all.Count == 0)
                    return;
                chosen.AddOrUpdate(key, id = all[place % all.Count].Id);
            }

            await e.Get<ReleasePayout>().HandleAsync(id, "objection upheld", TinyCity.Persons, default);
        };
    }

    /// <summary>Another who wants the same payout: what is released may never be instructed.</summary>
    private static Request Instruct(int place) =>
        new(
            "instruct",
            async e =>
            {
                var all = (await e.PayoutsAsync()).Where(p => p.Pool == TinyList.Culture).ToList();
                if (all.Count == 0)
                    return;
                if (
                    await e.Get<IPayoutStore>().ReadAsync(all[place % Math.Min(2, all.Count)].Id, default) is
                    { Payout.State: PayoutState.Confirmed } stored
                )
                    await e.Get<IPayoutStore>().MoveAsync(stored, stored.Payout.Move(PayoutState.Instructed), default);
            }
        );
}
