using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>How a world differs from a whole one.</summary>
/// <param name="Tamper">A fault planted between the engine and its rows; verification reads past it.</param>
/// <param name="Sweeps">Whether the sweep looks for lost messages.</param>
/// <param name="Rates">The disturbances in place of drawn ones.</param>
internal sealed record Plant(Func<IRowStore, IRowStore>? Tamper = null, bool Sweeps = true, Disturbances? Rates = null);

/// <summary>What came of a seed.</summary>
internal sealed record Course(long Calls, int AtOnce, TroubleCount Troubles, string Outcome);

/// <summary>A script played over shared rows by several workers, with disturbances drawn from a seed.</summary>
internal sealed class World
{
    private const int Workers = 3;
    private const int MostAtOnce = 5;

    private readonly Chance _chance;
    private readonly Schedule _schedule;
    private readonly ScheduledQueue _queue;
    private readonly TinyCity _city = new();
    private readonly WatchedRows _rows = new();
    private readonly IRowStore _seen;
    private readonly Engine _auditor;
    private readonly Engine[] _workers = new Engine[Workers];
    private readonly List<Request> _asked = [];
    private readonly List<Request> _askedLater = [];
    private readonly Script _script;
    private readonly Plant _plant;
    private readonly bool _settlesBetween;
    private readonly Disturbances _rates;
    private long _handled,
        _extraTimers;

    private World(ulong seed, Script script, bool together, Disturbances? rates, Plant plant, List<string>? trace)
    {
        _chance = new Chance(seed);
        _schedule = new Schedule(_chance, trace);
        _queue = new ScheduledQueue(_schedule, _chance);
        (_script, _plant, _settlesBetween) = (script, plant, !together);
        _rates = rates ?? Disturbances.Draw(_chance);
        _seen = new ScheduledRows(
            plant.Tamper is { } tamper ? tamper(new HeadsGoOn(_rows)) : new HeadsGoOn(_rows),
            _schedule,
            _chance.Of(3, 1_000)
        );
        _auditor = new Engine(_city, _rows, patience: TimeSpan.FromDays(10_000));
        for (var i = 0; i < Workers; i++)
            _workers[i] = Begin();
        _schedule.WorkerKilled = worker => _workers[worker] = Begin();
        _city.Culture.AfterPage = _city.Tax.AfterPage = _ =>
        {
            if (!_chance.PerMille(_schedule.Rates.AgencyFails))
                return;
            _schedule.Troubles.Hit(Trouble.AgencyFailed);
            throw new PlantedFaultException(0);
        };
    }

    /// <summary>Plays a seed to its end and checks every promise; throws <see cref="ViolationException"/>.</summary>
    public static async Task<Course> PlayAsync(
        ulong seed,
        ulong scriptSeed,
        bool together,
        Disturbances? rates = null,
        Plant? plant = null,
        List<string>? trace = null
    )
    {
        var world = new World(seed, new Script(scriptSeed, together), together, rates ?? plant?.Rates, plant ?? new Plant(), trace);
        foreach (var phase in world._script.Phases)
            await world.PlayAsync(phase, last: phase == world._script.Phases[^1]);
        try
        {
            await Promises.CheckAsync(world._auditor, world._city, world._script.Appropriated);
        }
        catch (Exception e) when (e is not ViolationException)
        {
            throw new ViolationException($"{e.GetType().Name}: {e.Message}", e);
        }

        return new Course(world._schedule.Calls, world._schedule.MostAtOnce, world._schedule.Troubles, await world._rows.OutcomeAsync());
    }

    /// <summary>Every machine has a clock of its own, up to two days before or behind the others.</summary>
    private Engine Begin()
    {
        var skew = _rates == Disturbances.None ? 0 : _chance.Next(4 * 24 * 60) - (2 * 24 * 60);
        if (skew != 0)
            _schedule.Troubles.Hit(Trouble.ClockSkewed);
        return new(
            _city,
            _seen,
            patience: TimeSpan.FromDays(10_000),
            queue: _queue,
            clock: new FakeTimeProvider(TinyCity.Morning("2023-06-01").AddMinutes(skew))
        );
    }

    private async Task PlayAsync(Phase phase, bool last)
    {
        phase.Begin(_city);
        (_schedule.Rates, _schedule.SlowWorker) = (_rates, phase.HasSlowWorker ? 0 : null);
        foreach (var request in phase.Requests)
            (
                !_settlesBetween
                && request.Name != "pull"
                && _plant.Sweeps
                && phase != _script.Phases[0]
                && (phase.HasSlowWorker || _chance.Next(2) == 0)
                    ? _askedLater
                    : _asked
            ).Add(request);
        _queue.BringOld();
        if (_asked.Any(r => r.Name == "begin"))
        {
            Work();
            return;
        }

        if (!_plant.Sweeps)
        {
            Work();
            Sweep(out _);
            return;
        }

        if (_chance.PerMille(_rates.TimerDoubles))
        {
            _schedule.Troubles.Hit(Trouble.TimerDoubled);
            StartOnce("pull", e => e.Get<Sweep>().PullAsync(default));
            StartOnce("sweep", e => e.Get<Sweep>().SweepAsync(default));
        }

        for (var sweeps = 0; ; sweeps++)
        {
            Work();
            if (sweeps == 40)
                _schedule.Rates = Disturbances.None;
            if (sweeps == 80)
                throw new ViolationException("The sweep finds work without end.");
            Sweep(out var quiet);
            if (!await IsWalkedAsync())
                StartOnce("pull", e => e.Get<Sweep>().PullAsync(default));
            else if (!quiet)
                continue;
            else if (_askedLater.Count > 0)
                AskLater();
            else if (_schedule.Rates == Disturbances.None || !last)
                return;
            else
                _schedule.Rates = Disturbances.None;
        }
    }

    /// <summary>
    /// Payouts first: what they leave undone the second sweep finds. Quiet is what found nothing while nobody else was at work.
    /// </summary>
    private void Sweep(out bool quiet)
    {
        int? moved = null,
            found = null;
        var alone = _extraTimers;
        var before = _handled;
        StartOnce("payouts", async e => moved = await e.Get<Sweep>().PayoutsAsync(default));
        if (!_settlesBetween)
            Maybe();
        Work();
        StartOnce("sweep", async e => found = await e.Get<Sweep>().RunAsync(default));
        Maybe();
        if (_schedule.SlowWorker is not null || _chance.Next(2) == 0)
            AskLater();
        Work();
        quiet = moved == 0 && found == 0 && before == _handled && alone == _extraTimers;
    }

    /// <summary>Some acts come when a round is under way.</summary>
    private void AskLater()
    {
        _asked.AddRange(_askedLater);
        _askedLater.Clear();
    }

    /// <summary>Whether both agencies have been walked as far as they tell; if not, the timer of the next hour asks again.</summary>
    private async Task<bool> IsWalkedAsync()
    {
        foreach (var agency in new[] { _city.Culture, _city.Tax })
        {
            var (standing, _) = await _auditor.Get<ISourceLog>().ReadAsync(agency.Source, default);
            if (standing.CompleteThrough != agency.AsOf)
                return false;
        }

        return true;
    }

    private void Maybe()
    {
        if (!_chance.PerMille(_schedule.Rates.TimerDoubles))
            return;
        _schedule.Troubles.Hit(Trouble.TimerDoubled);
        _extraTimers++;
        StartOnce("sweep", e => e.Get<Sweep>().RunAsync(default));
    }

    private void StartOnce(string name, Func<Engine, Task> work)
    {
        var worker = _chance.Next(Workers);
        _schedule.Start(name, worker, () => work(_workers[worker]), _ => { });
    }

    /// <summary>Until nobody runs, nothing is asked for and no message waits.</summary>
    private void Work()
    {
        for (var steps = 0; ; steps++)
        {
            if (steps == 20_000)
                throw new ViolationException("Work goes on without end.");
            while (_schedule.Alive < MostAtOnce && _asked.Count + _queue.Count > 0 && (_schedule.Alive == 0 || _chance.Next(4) == 0))
                StartNext();
            if (!_settlesBetween && _schedule.Alive > 0 && _chance.Next(50) == 0)
                Maybe();
            if (!_schedule.Step() && _asked.Count + _queue.Count == 0)
                return;
        }
    }

    private void StartNext()
    {
        var worker = _chance.Next(Workers);
        if (_asked.Count > 0 && (_queue.Count == 0 || _chance.Next(2) == 0))
        {
            var request = _asked[_chance.Next(_asked.Count)];
            _asked.Remove(request);
            _handled++;
            _schedule.Start(
                request.Name,
                worker,
                () => request.Do(_workers[worker]),
                ending =>
                {
                    if (ending != Ending.Done)
                        _asked.Add(request);
                }
            );
            return;
        }

        _handled++;
        var (queue, body) = _queue.Take();
        _schedule.Start(
            queue,
            worker,
            () => _workers[worker].Get<WorkDispatcher>().HandleAsync(queue, body, default),
            ending =>
            {
                if (ending != Ending.Done)
                    _queue.Put(queue, body);
            }
        );
    }
}
