using CsCheck;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>Everything about telling and working that may not show in what comes of it.</summary>
/// <param name="Shuffle">Permutes what is told in a month; 0 leaves it as it is.</param>
/// <param name="Pulls">In how many walks a month is told.</param>
/// <param name="PageSize">Records on a page.</param>
/// <param name="FiguresFirst">Whether the tax agency is asked before the other one.</param>
/// <param name="Repeats">How many records are told again at the end of a month.</param>
/// <param name="Workers">How many work at once.</param>
/// <param name="Turns">Draws whose turn it is at each storage call.</param>
internal sealed record Delivery(int Shuffle, int Pulls, int PageSize, bool FiguresFirst, int Repeats, int Workers, int Turns)
{
    /// <summary>All at once, in order, by one worker.</summary>
    public static readonly Delivery Plain = new(0, 1, 1_000, false, 0, 1, 0);

    public static readonly Gen<Delivery> Any = Gen.Select(
            Gen.Int[1, 1_000_000],
            Gen.Int[1, 4],
            Gen.Int[1, 9],
            Gen.Bool,
            Gen.Int[0, 3],
            Gen.Int[1, 8],
            Gen.Int[1, 1_000_000]
        )
        .Select(
            (shuffle, pulls, page, first, repeats, workers, turns) => new Delivery(shuffle, pulls, page, first, repeats, workers, turns)
        );
}
