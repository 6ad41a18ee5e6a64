using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Domain.Deciding;

namespace Baotou.Payouts.Catalogues.Tests;

public sealed class The_cases_beside_the_entries
{
    private static readonly Decider Decider = new(The_embedded_list.Catalogue);
    private static readonly IReadOnlyList<PolicyCase> All = Load();

    public static TheoryData<string, int> Places()
    {
        var places = new TheoryData<string, int>();
        foreach (var one in All)
            places.Add(one.File, one.Line);
        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Come_out_as_they_say(string file, int line) =>
        Assert.Null(All.Single(c => c.File == file && c.Line == line).Difference(Decider));

    [Fact]
    public void Show_every_computed_entry_paying_and_refusing()
    {
        foreach (var entry in The_embedded_list.Catalogue.Policies.Where(p => p.Terms is not null))
        {
            Assert.True(All.Any(c => c.Policy == entry.Id && c.Expected is Expectation.Pays), $"{entry.Id} has no case that pays");
            Assert.True(All.Any(c => c.Policy == entry.Id && c.Expected is Expectation.Refused), $"{entry.Id} has no case that is refused");
        }
    }

    [Fact]
    public void Are_told_apart_when_they_do_not_hold()
    {
        var wrong = All.First(c => c.Expected is Expectation.Pays) with { Expected = new Expectation.Refused(Outcome.Expired) };
        Assert.Contains($"{wrong.File}:{wrong.Line}: {wrong.Policy}", wrong.Difference(Decider), StringComparison.Ordinal);
    }

    /// <summary>
    /// So a payment of the past can be imported for whatever the engine would pay, under the key that it would have here.
    /// </summary>
    [Fact]
    public void Are_decided_for_occasions_that_can_be_written_down()
    {
        var catalogue = The_embedded_list.Catalogue;
        var decided = All.SelectMany(c => Decider.Decide(c.Facts, c.AsOf))
            .Where(d => d.Outcome == Outcome.Entitled)
            .DistinctBy(d => (d.Policy, d.Occasion))
            .ToList();

        Assert.Equal(
            catalogue.Policies.Where(p => p.Terms is not null).Select(p => p.Id).Distinct().Order(),
            decided.Select(d => d.Policy).Distinct().Order()
        );
        Assert.All(
            decided,
            d => Assert.Equal(d.Occasion, WrittenOccasion.Read(catalogue.VersionsOf(d.Policy)[^1].Terms!, catalogue.Facts, d.Occasion).Key)
        );
    }

    [Fact]
    public void Say_where_they_are_not_readable()
    {
        const string text = """
            as-of: 2022-12-31
            given:
              rating: {kind: tourism-rating, on: 2022-06-01, rated-object: x, type: hotel, grade: 5a, new: true}
            cases:
              - {policy: 17-art99, says: no such entry, facts: [], refused: expired}
              - {policy: 17-art4a, says: no such grade, facts: [{like: rating, grade: 7a}], pays: 1 yuan}
              - {policy: 17-art4a, says: nothing expected, facts: [{like: ratting}]}
            """;
        var refused = Assert.IsType<CasesLoading.Refused>(
            PolicyCases.Load([new CatalogueFile("cases/x.yaml", text)], The_embedded_list.Catalogue)
        );
        Assert.Equal([5, 6, 7, 7], refused.Problems.Select(p => p.Line));
        Assert.Contains("5a, 4a, 3a", refused.Problems[1].Problem, StringComparison.Ordinal);
    }

    private static IReadOnlyList<PolicyCase> Load() =>
        PolicyCases.LoadEmbedded(The_embedded_list.Catalogue) switch
        {
            CasesLoading.Loaded loaded => loaded.Cases,
            CasesLoading.Refused refused => throw new InvalidOperationException(string.Join('\n', refused.Problems)),
            _ => [],
        };
}
