using System.Globalization;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>What may go wrong.</summary>
internal enum Trouble
{
    CallFailed,
    AnswerLost,
    WorkerKilled,
    WorkerKilledAfterEffect,
    StaleReader,
    MessageLost,
    MessageRepeated,
    MessageRepeatedMuchLater,
    AgencyFailed,
    TimerDoubled,
    ClockSkewed,
}

/// <summary>How often each thing goes wrong, in a thousand.</summary>
internal sealed record Disturbances(
    int CallFails,
    int AnswerIsLost,
    int WorkerDies,
    int ReaderSleeps,
    int MessageIsLost,
    int MessageIsRepeated,
    int AgencyFails,
    int TimerDoubles
)
{
    public static readonly Disturbances None = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Few seeds have all kinds of trouble at once: a seed with one kind shows what another would hide.</summary>
    public static Disturbances Draw(Chance chance) =>
        new(
            chance.Of(0, 5, 20),
            chance.Of(0, 5, 20),
            chance.Of(0, 2, 8),
            chance.Of(0, 20, 80),
            chance.Of(0, 50, 200),
            chance.Of(0, 100, 300),
            chance.Of(0, 50),
            chance.Of(0, 300)
        );
}

/// <summary>How often each thing did go wrong.</summary>
internal sealed class TroubleCount
{
    private readonly long[] _hits = new long[Enum.GetValues<Trouble>().Length];

    public void Hit(Trouble trouble) => _hits[(int)trouble]++;

    public void Add(TroubleCount other)
    {
        for (var i = 0; i < _hits.Length; i++)
            _hits[i] += other._hits[i];
    }

    public long Of(Trouble trouble) => _hits[(int)trouble];

    public override string ToString() =>
        string.Join(
            '\n',
            Enum.GetValues<Trouble>().Select(t => string.Create(CultureInfo.InvariantCulture, $"{_hits[(int)t], 12:N0}  {t}"))
        );
}

/// <summary>A promise that does not hold, or work without end.</summary>
internal sealed class ViolationException(string message, Exception? inner = null) : Exception(message, inner);
