using System.Globalization;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>How an actor ended.</summary>
internal enum Ending
{
    Done,
    Failed,
    Killed,
}

/// <summary>
/// Lets one actor at a time run from one storage call to its next. Everything between two calls runs inline on one thread, so that the
/// draws alone decide what happens; time is the number of calls.
/// </summary>
internal sealed class Schedule(Chance chance, List<string>? trace)
{
    private readonly List<Actor> _actors = [];
    private readonly List<Actor> _awake = [];
    private Actor? _running;
    private int _started;
    private long _now;

    public Disturbances Rates { get; set; } = Disturbances.None;

    public TroubleCount Troubles { get; } = new();

    /// <summary>A worker whose readers sleep often and long, so that what they read is old when they write.</summary>
    public int? SlowWorker { get; set; }

    /// <summary>Called with the number of a worker that was killed, after its actors ended.</summary>
    public Action<int>? WorkerKilled { get; set; }

    public long Calls { get; private set; }

    /// <summary>The most actors that stood before a call at the same time.</summary>
    public int MostAtOnce { get; private set; }

    public int Alive => _actors.Count;

    public void Start(string name, int worker, Func<Task> work, Action<Ending> ended)
    {
        var actor = new Actor(++_started, name, worker, ended);
        _actors.Add(actor);
        trace?.Add($"{_now} {actor} begins");
        Run(actor, () => actor.Work = work());
        MostAtOnce = Math.Max(MostAtOnce, _actors.Count);
    }

    /// <summary>Lets one actor make its call and run to its next.</summary>
    /// <returns>False if there is no actor.</returns>
    public bool Step()
    {
        if (_actors.Count == 0)
            return false;
        _now++;
        _awake.Clear();
        foreach (var a in _actors)
        {
            if (a.AsleepUntil <= _now)
                _awake.Add(a);
        }

        var actor = _awake.Count > 0 ? _awake[chance.Next(_awake.Count)] : _actors[chance.Next(_actors.Count)];
        var gate = actor.Gate!;
        actor.Gate = null;
        Run(actor, gate.SetResult);
        return true;
    }

    /// <summary>
    /// A storage call of the running actor: it waits for its turn, and then takes effect, or not, or is not heard of again.
    /// </summary>
    public async Task<T> CallAsync<T>(Func<string> what, bool reads, Func<Task<T>> effect)
    {
        var actor = _running ?? throw new InvalidOperationException("A call from outside of every actor.");
        if (actor.Gate is not null)
            throw new InvalidOperationException($"{actor} makes two calls at once.");
        actor.Gate = new TaskCompletionSource();
        await actor.Gate.Task;
        Calls++;
        var trouble = Draw();
        trace?.Add($"{_now} {actor} {what()}{(trouble is null ? "" : " !" + trouble)}");
        if (trouble is Trouble.CallFailed)
            throw new PlantedFaultException(Calls);
        if (trouble is Trouble.WorkerKilled)
            return await NeverAsync<T>(actor);
        var answer = await effect();
        if (trouble is Trouble.AnswerLost)
            throw new PlantedFaultException(Calls);
        if (trouble is Trouble.WorkerKilledAfterEffect)
            return await NeverAsync<T>(actor);
        var slow = actor.Worker == SlowWorker;
        if (reads && chance.PerMille(slow ? Math.Max(Rates.ReaderSleeps, 300) : Rates.ReaderSleeps))
        {
            Troubles.Hit(Trouble.StaleReader);
            actor.AsleepUntil = _now + 1 + chance.Next(chance.Of(10, 50, 200) * (slow ? 4 : 1));
        }

        return answer;
    }

    public void Note(string text) => trace?.Add($"{_now} {text}");

    /// <summary>The next trouble of a call, if any.</summary>
    private Trouble? Draw()
    {
        Trouble? trouble =
            chance.PerMille(Rates.CallFails) ? Trouble.CallFailed
            : chance.PerMille(Rates.AnswerIsLost) ? Trouble.AnswerLost
            : chance.PerMille(Rates.WorkerDies) ? chance.Of(Trouble.WorkerKilled, Trouble.WorkerKilledAfterEffect)
            : null;
        if (trouble is { } hit)
            Troubles.Hit(hit);
        return trouble;
    }

    private Task<T> NeverAsync<T>(Actor actor)
    {
        actor.Killing = true;
        return new TaskCompletionSource<T>().Task;
    }

    private void Run(Actor actor, Action on)
    {
        _running = actor;
        on();
        _running = null;
        if (actor.Killing)
            Kill(actor.Worker);
        else if (actor.Work!.IsCompleted)
            End(actor);
        else if (actor.Gate is null)
            throw new InvalidOperationException($"{actor} waits for something that is no storage call.");
    }

    private void Kill(int worker)
    {
        var killed = _actors.Where(a => a.Worker == worker).ToList();
        _actors.RemoveAll(a => a.Worker == worker);
        foreach (var actor in killed)
            actor.Ended(Ending.Killed);
        WorkerKilled?.Invoke(worker);
    }

    private void End(Actor actor)
    {
        _actors.Remove(actor);
        var thrown = actor.Work!.Exception?.GetBaseException();
        trace?.Add($"{_now} {actor} ends{(thrown is null ? "" : ": " + thrown.Message)}");
        if (thrown is not null and not PlantedFaultException)
            throw new ViolationException($"{actor}: {thrown.GetType().Name}: {thrown.Message}", thrown);
        actor.Ended(thrown is null ? Ending.Done : Ending.Failed);
    }

    private sealed class Actor(int number, string name, int worker, Action<Ending> ended)
    {
        public int Worker => worker;

        public Action<Ending> Ended => ended;

        public Task? Work { get; set; }

        /// <summary>Opened when the call it stands before may go on.</summary>
        public TaskCompletionSource? Gate { get; set; }

        public long AsleepUntil { get; set; }

        public bool Killing { get; set; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{number} {name} on {worker}");
    }
}
