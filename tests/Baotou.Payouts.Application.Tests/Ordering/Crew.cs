using Baotou.Payouts.Application.Tests.Simulation;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>So many workers over the same rows and queues, one storage call at a time in a drawn order; nothing goes wrong.</summary>
internal sealed class Crew : IAsyncDisposable
{
    private readonly Chance _chance;
    private readonly Schedule _schedule;
    private readonly ScheduledQueue _queue;
    private readonly Engine[] _workers;

    public Crew(TinyCity city, IRowStore rows, Delivery delivery)
    {
        _chance = new Chance((ulong)delivery.Turns);
        _schedule = new Schedule(_chance, null);
        _queue = new ScheduledQueue(_schedule, _chance);
        var seen = new ScheduledRows(rows, _schedule, pageRows: 1_000);
        _workers =
        [
            .. Enumerable
                .Range(0, delivery.Workers)
                .Select(_ => new Engine(city, seen, delivery.PageSize, TimeSpan.FromDays(10_000), _queue)),
        ];
    }

    /// <summary>One of the workers does something, and all of them what it leads to.</summary>
    public void Do(Func<Engine, Task> what)
    {
        Start(_chance.Next(_workers.Length), what);
        Work();
    }

    /// <summary>Some of them sweep at once, and all do what they find, until nothing is left.</summary>
    public void Settle()
    {
        for (var sweeps = 0; ; sweeps++)
        {
            Assert.True(sweeps < 80, "The sweep finds work without end.");
            var found = 0;
            foreach (var worker in Enumerable.Range(0, 1 + _chance.Next(_workers.Length)))
                Start(worker, async engine => found += await engine.Get<Sweep>().RunAsync(default));
            Work();
            if (found == 0)
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
    }

    private void Work()
    {
        do
        {
            while (_queue.Count > 0 && _schedule.Alive < _workers.Length)
            {
                var (queue, body) = _queue.Take();
                Start(_chance.Next(_workers.Length), engine => engine.Get<WorkDispatcher>().HandleAsync(queue, body, default));
            }
        } while (_schedule.Step() || _queue.Count > 0);
    }

    private void Start(int worker, Func<Engine, Task> work) => _schedule.Start("work", worker, () => work(_workers[worker]), _ => { });
}
