using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Catalogues.Mutations;

namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>Cases are good if a change of the list cannot pass them by. <c>eng/mutate.sh</c> shows each change that does, and a case that would notice it.</summary>
public sealed class Changed_entries
{
    /// <summary>Per cent; it may rise.</summary>
    private const decimal Least = 85m;

    private static readonly Score Score = new Trial(
        The_embedded_list.Catalogue, ((CasesLoading.Loaded)PolicyCases.LoadEmbedded(The_embedded_list.Catalogue)).Cases).Run();

    [Fact]
    public void Are_noticed_by_the_cases_beside_them() => Assert.True(
        Score.Percent >= Least, $"{Score.Percent:0.00} % of {Score.Counted.Count} changes are noticed, {Least} % are asked for; the first that is not: {Score.Survivors[0].Before.Id}: {Score.Survivors[0].What}");

    [Fact]
    public void Are_left_out_only_where_they_cannot_be_told_apart() =>
        Assert.True(Score.Counted.Count * 3 > Score.Results.Count * 2, "more than a third of the changes is left out");

    [Fact]
    public void Are_tried_for_every_computed_entry() => Assert.Equal(
        The_embedded_list.Catalogue.Policies.Where(p => p.Terms is not null).Select(p => p.Id).Order(StringComparer.Ordinal),
        Score.Counted.Where(r => r.Mutation.Kind == "award").Select(r => r.Mutation.Before.Id).Distinct().Order(StringComparer.Ordinal));
}
