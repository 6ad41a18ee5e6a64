using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// The tiny list with its two entries in one group: of what an enterprise earns in a year by visitors and by revenue only one award is
/// paid.
/// </summary>
internal static class ChoiceList
{
    public static Catalogue Catalogue() => TinyList.Catalogue(In(TinyList.Visit, 1), In(TinyList.Figure, 2));

    private static Policy In(Policy entry, int order) =>
        entry with
        {
            Terms = entry.Terms! with { Group = new ExclusivityGroup("one-a-year", null, GroupSpan.Year, order) },
        };
}
