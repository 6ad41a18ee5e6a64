using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>
/// Every small change of a condition. All numbers are whole in their smallest unit, so 以上 one more is the same as 超过: it is made once.
/// </summary>
internal static class ConditionChanges
{
    /// <summary>Each condition changed, and each left out.</summary>
    public static IEnumerable<Change<IReadOnlyList<Condition>>> OfAll(IReadOnlyList<Condition> conditions, FactDictionary facts)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var at = i;
            yield return new($"left out: {Said(conditions[at])}", [.. conditions.Where((_, n) => n != at)]);
            foreach (var change in Of(conditions[at], facts))
                yield return change.Within<IReadOnlyList<Condition>>(c => [.. conditions.Select((old, n) => n == at ? c : old)]);
        }
    }

    /// <summary>The change in words that a person who knows the list's files understands.</summary>
    public static string Said(Condition condition) =>
        condition switch
        {
            Condition.Compare c => $"{c.Field} {Word(c.Comparison)} {c.Threshold.ToDeliveredText()}",
            Condition.OneOf c => $"{c.Field} one-of [{string.Join(", ", c.Codes)}]",
            Condition.WithinDays c => $"within {c.Days} days from {c.From}",
            Condition.YearsSince c => $"years-since {c.From} {Word(c.Comparison)} {c.Years}",
            Condition.Count c =>
                $"count {c.Kind} [{c.FromYear}, {c.ToYear}]{(c.DistinctYears ? " distinct" : "")} {Word(c.Comparison)} {c.Threshold}",
            Condition.Total c => $"total {c.Field} {Word(c.Comparison)} {c.Threshold.ToDeliveredText()}",
            Condition.AnyOf c => $"any-of ({string.Join(" / ", c.Conditions.Select(Said))})",
            _ => condition.GetType().Name,
        };

    private static IEnumerable<Change<Condition>> Of(Condition condition, FactDictionary facts) =>
        condition switch
        {
            Condition.Compare { Threshold.IsText: true } c => Codes(c, facts),
            Condition.Compare { Threshold.Type: FieldType.Flag } c =>
            [
                new($"{Said(c)} → not", c with { Comparison = Opposite(c.Comparison) }),
            ],
            Condition.Compare c => Numbers(
                c.Comparison,
                c.Threshold,
                (comparison, threshold) => c with { Comparison = comparison, Threshold = threshold },
                Said
            ),
            Condition.OneOf c => Lists(c, facts),
            Condition.WithinDays c => new[] { -1, 1 }
                .Where(n => c.Days + n >= 0)
                .Select(n => new Change<Condition>($"{Said(c)} {n:+0;-0}", c with { Days = c.Days + n })),
            Condition.YearsSince c => Numbers(
                c.Comparison,
                FactValue.OfCount(c.Years),
                (comparison, years) => c with { Comparison = comparison, Years = (int)years.Number },
                Said
            ),
            Condition.Count c => Counts(c, facts),
            Condition.Total c => Numbers(
                    c.Comparison,
                    c.Threshold,
                    (comparison, threshold) => c with { Comparison = comparison, Threshold = threshold },
                    Said
                )
                .Concat(OfAll(c.Where, facts).Select(w => w.Within<Condition>(x => c with { Where = x }, $"total {c.Field}: "))),
            Condition.AnyOf c => OfAll(c.Conditions, facts)
                .Where(x => x.To.Count > 0)
                .Select(x => x.Within<Condition>(y => c with { Conditions = y }, "any-of: ")),
            _ => throw new InvalidOperationException($"Unknown condition {condition.GetType().Name}."),
        };

    private static IEnumerable<Change<Condition>> Codes(Condition.Compare condition, FactDictionary facts)
    {
        yield return new($"{Said(condition)} → not", condition with { Comparison = Opposite(condition.Comparison) });
        if (condition.Comparison != Comparison.Equal || Neighbour(condition.Field, [condition.Threshold.Text!], facts) is not { } other)
            yield break;
        yield return new($"{Said(condition)} → {other}", condition with { Threshold = FactValue.OfCode(other) });
    }

    private static IEnumerable<Change<Condition>> Lists(Condition.OneOf condition, FactDictionary facts)
    {
        foreach (var code in condition.Codes.Where(_ => condition.Codes.Count > 1))
            yield return new($"{Said(condition)} without {code}", condition with { Codes = [.. condition.Codes.Where(c => c != code)] });
        if (Neighbour(condition.Field, condition.Codes, facts) is { } other)
            yield return new($"{Said(condition)} with {other}", condition with { Codes = [.. condition.Codes, other] });
    }

    /// <summary>
    /// The code printed next to a list of codes in the dictionary, where ranks stand in order; null if all are in the list.
    /// </summary>
    private static string? Neighbour(FieldRef field, IReadOnlyList<string> listed, FactDictionary facts)
    {
        var codes = facts.Find(field.Kind)!.Field(field.Field)!.Codes.Select(c => c.Code).ToList();
        var last = codes.FindLastIndex(listed.Contains);
        return codes.Skip(last + 1).Concat(codes.Take(last + 1).Reverse()).FirstOrDefault(c => !listed.Contains(c));
    }

    private static IEnumerable<Change<Condition>> Counts(Condition.Count condition, FactDictionary facts)
    {
        foreach (
            var change in Numbers(
                condition.Comparison,
                FactValue.OfCount(condition.Threshold),
                (c, t) => condition with { Comparison = c, Threshold = t.Number },
                Said
            )
        )
            yield return change;
        foreach (var where in OfAll(condition.Where, facts))
            yield return where.Within<Condition>(w => condition with { Where = w }, $"count {condition.Kind}: ");
        yield return new($"{Said(condition)}: from a year earlier", condition with { FromYear = condition.FromYear - 1 });
        yield return new($"{Said(condition)}: to a year later", condition with { ToYear = condition.ToYear + 1 });
        if (condition.FromYear < condition.ToYear)
        {
            yield return new($"{Said(condition)}: from a year later", condition with { FromYear = condition.FromYear + 1 });
            yield return new($"{Said(condition)}: to a year earlier", condition with { ToYear = condition.ToYear - 1 });
        }

        var apart = condition.FromYear == condition.ToYear && condition.DistinctYears ? "years of one year are one" : null;
        if (condition.Comparison == Comparison.AtLeast && condition.Threshold == 1)
            apart = "one record is in one year";
        yield return new(
            $"{Said(condition)}: distinct years {(condition.DistinctYears ? "off" : "on")}",
            condition with
            {
                DistinctYears = !condition.DistinctYears,
            },
            apart
        );
    }

    private static IEnumerable<Change<Condition>> Numbers(
        Comparison comparison,
        FactValue threshold,
        Func<Comparison, FactValue, Condition> make,
        Func<Condition, string> said
    )
    {
        var before = said(make(comparison, threshold));
        Change<Condition> To(Comparison c, long n)
        {
            var to = make(c, threshold with { Number = n });
            return new($"{before} → {said(to)}", to);
        }

        var n = threshold.Number;
        var step = threshold.Type == FieldType.Date ? 30 : n / 10;
        switch (comparison)
        {
            case Comparison.AtLeast or Comparison.LessThan:
                yield return To(comparison == Comparison.AtLeast ? Comparison.MoreThan : Comparison.AtMost, n);
                if (n > 0)
                    yield return To(comparison, n - 1);
                break;
            case Comparison.MoreThan or Comparison.AtMost:
                yield return To(comparison == Comparison.MoreThan ? Comparison.AtLeast : Comparison.LessThan, n);
                yield return To(comparison, n + 1);
                break;
            default:
                yield return To(Opposite(comparison), n);
                yield return To(comparison, n + 1);
                if (n > 0)
                    yield return To(comparison, n - 1);
                break;
        }

        if (step <= 1)
            yield break;
        yield return To(comparison, n + step);
        yield return To(comparison, n - step);
    }

    private static Comparison Opposite(Comparison comparison) => comparison == Comparison.Equal ? Comparison.NotEqual : Comparison.Equal;

    private static string Word(Comparison comparison) => Wording.Comparison(comparison).En.Replace(' ', '-');
}
