using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>Every small change of a computable entry.</summary>
public static class PolicyChanges
{
    /// <summary>All changes, those included that no facts can tell from the original.</summary>
    /// <param name="policy">An entry with terms.</param>
    /// <param name="catalogue">The list it stands in.</param>
    public static IEnumerable<Mutation> Of(Policy policy, Catalogue catalogue)
    {
        var terms = policy.Terms!;
        var parts = new[]
        {
            (
                "condition",
                ConditionChanges.OfAll(terms.Conditions, catalogue.Facts).Select(c => c.Within(x => terms with { Conditions = x }))
            ),
            ("award", AwardChanges.Of(terms.Award).Select(c => c.Within(x => terms with { Award = x }))),
            ("cap", Caps(terms).Select(c => c.Within(x => terms with { Caps = x }))),
            ("rounding", Roundings(terms, catalogue.Facts).Select(c => c.Within(x => terms with { Rounding = x }))),
            ("funding", Fundings(terms.Funding).Select(c => c.Within(x => terms with { Funding = x }))),
            ("occasion", Occasions(terms)),
            ("group", Groups(policy, terms, catalogue).Select(c => c.Within(x => terms with { Group = x }))),
        };
        return parts.SelectMany(p =>
            p.Item2.Select(c => new Mutation(
                p.Item1,
                c.What,
                policy,
                policy with
                {
                    Terms = c.To,
                },
                c.Equivalent ?? Equivalence.Of(terms, c.To, catalogue.Facts)
            ))
        );
    }

    /// <summary>
    /// Every small change of the days on which entries are in force and published. A part of a document says them once for all of its
    /// entries, and so they are changed once for all that have them alike.
    /// </summary>
    public static IEnumerable<Mutation> OfDays(Catalogue catalogue) =>
        catalogue
            .Policies.Where(p => p.Terms is not null)
            .GroupBy(p => (Mutation.SectionOf(p.Id), p.Validity, p.PublishedOn))
            .SelectMany(same =>
                Days(same.First())
                    .Select(c => new Mutation("days", c.What, same.First(), c.To(same.First()), null)
                    {
                        Further = same.Skip(1).ToDictionary(p => p, c.To),
                    })
            );

    private static IEnumerable<Change<IReadOnlyList<Cap>>> Caps(Terms terms)
    {
        for (var i = 0; i < terms.Caps.Count; i++)
        {
            var (at, cap) = (i, terms.Caps[i]);
            var name = $"cap for each {cap.Span.ToString().ToLowerInvariant()}";
            IReadOnlyList<Cap> With(Cap to) => [.. terms.Caps.Select((c, n) => n == at ? to : c)];
            foreach (var change in AwardChanges.Amounts(cap.Amount, name))
                yield return change.Within(x => With(cap with { Amount = x }));
            yield return new($"left out: {name}", [.. terms.Caps.Where((_, n) => n != at)]);
            foreach (var span in Enum.GetValues<CapSpan>().Where(s => s != cap.Span && (cap.By is null || s != CapSpan.Occasion)))
                yield return new(
                    $"{name} → {span.ToString().ToLowerInvariant()}",
                    With(cap with { Span = span }),
                    Equivalence.OfSpans(terms, cap, span)
                );
            if (cap.By is not null)
                yield return new($"left out: {name} by {cap.By}", With(cap with { By = null }));
        }
    }

    private static IEnumerable<Change<Rounding>> Roundings(Terms terms, FactDictionary facts) =>
        Enum.GetValues<Rounding>()
            .Where(r => r != terms.Rounding)
            .Select(r => new Change<Rounding>($"{terms.Rounding} → {r}", r, Equivalence.OfRounding(terms, r, facts)));

    private static IEnumerable<Change<Funding>> Fundings(Funding funding)
    {
        switch (funding)
        {
            case Funding.Ratio { County: 0 }:
                yield return new("the city alone → half the county", new Funding.Ratio(1, 1));
                break;
            case Funding.Ratio ratio:
                yield return new($"{ratio.City}:{ratio.County} → the city alone", new Funding.Ratio(1, 0));
                yield return new($"{ratio.City}:{ratio.County} → {ratio.City + 1}:{ratio.County}", ratio with { City = ratio.City + 1 });
                if (ratio.City != ratio.County)
                    yield return new($"{ratio.City}:{ratio.County} swapped", new Funding.Ratio(ratio.County, ratio.City));
                break;
            case Funding.ByFact by:
                yield return new("by fact: city and county swapped", new Funding.ByFact(by.County, by.City));
                break;
        }
    }

    /// <summary>What an award is given for. Record and year differ in the payout's key alone, which no amount shows.</summary>
    private static IEnumerable<Change<Terms>> Occasions(Terms terms)
    {
        if (terms.Occasion != OccasionKind.Once)
            yield return new($"each {terms.Occasion.ToString().ToLowerInvariant()} → once", terms with { Occasion = OccasionKind.Once });
        else
            yield return new("once → each record", terms with { Occasion = OccasionKind.Record, OnceBy = null });
        if (terms.OnceBy is { } by)
            yield return new($"once by {by} → once", terms with { OnceBy = null });
    }

    private static IEnumerable<Change<ExclusivityGroup?>> Groups(Policy policy, Terms terms, Catalogue catalogue)
    {
        if (terms.Group is not { } group)
            yield break;
        yield return new($"left out: group {group.Id}", null);
        foreach (var other in catalogue.Policies.Where(p => p.Id != policy.Id && p.Terms?.Group?.Id == group.Id))
        {
            // Moving past one other member is seen only where both can come to the same amount.
            var order = other.Terms!.Group!.Order + (other.Terms.Group.Order > group.Order ? 1 : -1);
            var between = Equivalence.OfOrder(terms, other.Terms);
            yield return new($"group {group.Id}: moved past {other.Id}", group with { Order = order }, between);
        }
    }

    private static IEnumerable<Change<Func<Policy, Policy>>> Days(Policy policy)
    {
        var (from, to) = policy.Validity;
        foreach (var by in new[] { -1, 1 })
        {
            if (from is { } first)
                yield return new($"first day {first:yyyy-MM-dd} {by:+0;-0}", p => p with { Validity = new(first.AddDays(by), to) });
            if (to is { } last)
                yield return new($"last day {last:yyyy-MM-dd} {by:+0;-0}", p => p with { Validity = new(from, last.AddDays(by)) });
        }

        yield return new("published a day later", p => p with { PublishedOn = p.PublishedOn.AddDays(1) });
    }
}
