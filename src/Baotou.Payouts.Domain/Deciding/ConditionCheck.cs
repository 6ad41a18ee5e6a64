using System.Globalization;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>Checks conditions for an occasion. True and false are answers; null says that a fact is missing.</summary>
internal static class ConditionCheck
{
    private const int Shown = 20;

    /// <summary>Checks one condition; with <paramref name="steps"/> it also says what was looked at.</summary>
    public static bool? Check(Condition condition, Occasion occasion, List<Step>? steps) =>
        condition switch
        {
            Condition.Compare c => Compare(c, occasion, steps),
            Condition.OneOf c => OneOf(c, occasion, steps),
            Condition.WithinDays c => WithinDays(c, occasion, steps),
            Condition.YearsSince c => YearsSince(c, occasion, steps),
            Condition.Count c => Count(c, occasion, steps),
            Condition.Total c => Total(c, occasion, steps),
            Condition.AnyOf c => AnyOf(c, occasion, steps),
            _ => throw new InvalidOperationException($"Unknown condition {condition.GetType().Name}."),
        };

    /// <summary>Whether a value stands to a threshold as asked. Codes only by equality.</summary>
    public static bool Holds(FactValue value, Comparison comparison, FactValue threshold)
    {
        var order = value.IsText ? string.CompareOrdinal(value.Text, threshold.Text) : value.Number.CompareTo(threshold.Number);
        return comparison switch
        {
            Comparison.AtLeast => order >= 0,
            Comparison.MoreThan => order > 0,
            Comparison.AtMost => order <= 0,
            Comparison.LessThan => order < 0,
            Comparison.Equal => order == 0,
            Comparison.NotEqual => order != 0,
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }

    private static bool? Compare(Condition.Compare condition, Occasion occasion, List<Step>? steps)
    {
        var found = occasion.Resolve(condition.Field);
        bool? holds = found is null ? null : Holds(found.Value.Value, condition.Comparison, condition.Threshold);
        if (steps is not null)
        {
            var field = occasion.Field(condition.Field);
            var threshold = Wording.Compared(field, condition.Comparison, condition.Threshold, occasion.WordedAs);
            steps.Add(StepFor(condition.Field, occasion, found, threshold, holds));
        }

        return holds;
    }

    private static bool? OneOf(Condition.OneOf condition, Occasion occasion, List<Step>? steps)
    {
        var found = occasion.Resolve(condition.Field);
        bool? holds = found is null ? null : condition.Codes.Contains(found.Value.Value.Text);
        if (steps is not null)
        {
            var titles = condition.Codes.Select(occasion.Field(condition.Field).TitleOf).ToList();
            var threshold = new Bilingual(
                "属于：" + string.Join("、", titles.Select(t => t.Zh)),
                "one of: " + string.Join(", ", titles.Select(t => t.En))
            );
            steps.Add(StepFor(condition.Field, occasion, found, threshold, holds));
        }

        return holds;
    }

    private static bool? WithinDays(Condition.WithinDays condition, Occasion occasion, List<Step>? steps)
    {
        var from = occasion.Resolve(condition.From);
        var to = condition.To is null ? null : occasion.Resolve(condition.To);
        var last = condition.To is null ? occasion.Day.DayNumber : to?.Value.Number;
        bool? holds =
            from is null || last is null ? null : last - from.Value.Value.Number is var days && days >= 0 && days <= condition.Days;
        steps?.Add(DaysStep(condition, occasion, from, to, holds));
        return holds;
    }

    /// <summary>
    /// Names both days, since the answer lies in what is between them; a day that is not known is the one that is missing.
    /// </summary>
    private static Step DaysStep(
        Condition.WithinDays condition,
        Occasion occasion,
        (FactValue Value, Fact Fact)? from,
        (FactValue Value, Fact Fact)? to,
        bool? holds
    )
    {
        var threshold = new Bilingual($"相隔0至{condition.Days}天（含首尾）", $"0 to {condition.Days} days apart, both ends included");
        if (from is null)
            return StepFor(condition.From, occasion, null, threshold, null);
        if (condition.To is { } asked && to is null)
            return StepFor(asked, occasion, null, threshold, null);
        var step = StepFor(condition.From, occasion, from, threshold, holds);
        var (name, day) = condition.To is { } field
            ? (occasion.Field(field).Title, to!.Value.Value.ToDeliveredText())
            : (new Bilingual("发生日", "the day of the occasion"), Day(occasion.Day.DayNumber));
        return step with
        {
            Condition = new($"{step.Condition.Zh}至{name.Zh}", $"{step.Condition.En} to {name.En}"),
            Value = $"{step.Value} – {day}",
        };
    }

    private static bool? YearsSince(Condition.YearsSince condition, Occasion occasion, List<Step>? steps)
    {
        var from = occasion.Resolve(condition.From);
        bool? holds = from is null
            ? null
            : Holds(
                FactValue.OfCount(WholeYears(DateOnly.FromDayNumber((int)from.Value.Value.Number), occasion.Day)),
                condition.Comparison,
                FactValue.OfCount(condition.Years)
            );
        if (steps is not null)
        {
            var comparison = Wording.Comparison(condition.Comparison);
            steps.Add(
                StepFor(
                    condition.From,
                    occasion,
                    from,
                    new(
                        $"至{Day(occasion.Day.DayNumber)}{comparison.Zh}{condition.Years}年",
                        $"{comparison.En} {condition.Years} whole years until {Day(occasion.Day.DayNumber)}"
                    ),
                    holds
                )
            );
        }

        return holds;
    }

    /// <summary>Negative for a day still to come.</summary>
    private static long WholeYears(DateOnly from, DateOnly to)
    {
        var years = to.Year - from.Year;
        return from.AddYears(years) > to ? years - 1 : years;
    }

    private static bool? Count(Condition.Count condition, Occasion occasion, List<Step>? steps)
    {
        var records = occasion
            .CountedFor(
                condition,
                () => new([.. Matching(condition.Kind, condition.Where, occasion, condition.FromYear, condition.ToYear)], 0)
            )
            .Records;
        foreach (var record in records)
            occasion.Use(record);
        var count = condition.DistinctYears ? records.Select(Occasion.YearOf).Distinct().Count() : records.Count;
        var holds = Holds(FactValue.OfCount(count), condition.Comparison, FactValue.OfCount(condition.Threshold));
        if (steps is not null)
        {
            var kind = occasion.Kind(condition.Kind);
            var comparison = Wording.Comparison(condition.Comparison);
            var years =
                condition.FromYear == condition.ToYear && condition.FromYear == 0
                    ? new Bilingual("当年", "in the year")
                    : new Bilingual(
                        $"{occasion.Year + condition.FromYear}—{occasion.Year + condition.ToYear}年",
                        $"{occasion.Year + condition.FromYear} to {occasion.Year + condition.ToYear}"
                    );
            var what = condition.DistinctYears ? new Bilingual("年数", "years with a record") : new Bilingual("记录数", "records");
            steps.Add(
                new Step(
                    new($"{years.Zh}{kind.Title.Zh}{what.Zh}", $"{kind.Title.En}: {what.En}, {years.En}"),
                    Wording.Count(count),
                    new($"{comparison.Zh}{condition.Threshold}", $"{comparison.En} {condition.Threshold}"),
                    holds,
                    records.Count > 0 ? records[^1].Source : kind.Agency,
                    Numbers(records),
                    records.Count > 0 ? records[^1].EffectiveOn : null
                )
            );
        }

        return holds;
    }

    private static bool? Total(Condition.Total condition, Occasion occasion, List<Step>? steps)
    {
        var (records, sum) = occasion.CountedFor(condition, () => SumOf(condition, occasion));
        foreach (var record in records)
            occasion.Use(record);
        var total = condition.Threshold with { Number = sum };
        var holds = Holds(total, condition.Comparison, condition.Threshold);
        if (steps is not null)
        {
            var field = occasion.Field(condition.Field);
            var kind = occasion.Kind(condition.Field.Kind);
            var comparison = Wording.Comparison(condition.Comparison);
            var threshold = Wording.Value(field, condition.Threshold, occasion.WordedAs);
            var value = Wording.Value(field, total, occasion.WordedAs);
            steps.Add(
                new Step(
                    new($"{occasion.Year}年累计{field.Title.Zh}", $"{field.Title.En}, total of {occasion.Year}"),
                    value.Zh,
                    Wording.Join(comparison, threshold),
                    holds,
                    records.Count > 0 ? records[^1].Source : kind.Agency,
                    Numbers(records),
                    records.Count > 0 ? records[^1].EffectiveOn : null,
                    Wording.English(value, occasion.WordedAs)
                )
            );
        }

        return holds;
    }

    private static Counted SumOf(Condition.Total condition, Occasion occasion)
    {
        List<Fact> records = [.. Matching(condition.Field.Kind, condition.Where, occasion, 0, 0)];
        var sum = 0L;
        foreach (var record in records)
            sum = checked(sum + (record.Value(condition.Field.Field)?.Number ?? 0));
        return new Counted(records, sum);
    }

    /// <summary>
    /// One of several is enough: where one holds, only what holds is shown, so that no reason speaks of what was not needed.
    /// </summary>
    private static bool? AnyOf(Condition.AnyOf condition, Occasion occasion, List<Step>? steps)
    {
        bool? holds = false;
        List<Step>? parts = steps is null ? null : [];
        foreach (var part in condition.Conditions)
        {
            var inner = Check(part, occasion, parts);
            if (inner == true)
                holds = true;
            else if (inner is null && holds == false)
                holds = null;
        }

        foreach (var step in parts ?? [])
        {
            if (holds != true || step.Holds == true)
                steps!.Add(
                    step with
                    {
                        Condition = new($"{step.Condition.Zh}（符合其一即可）", $"{step.Condition.En} (one of several is enough)"),
                    }
                );
        }

        return holds;
    }

    private static IEnumerable<Fact> Matching(string kind, IReadOnlyList<Condition> where, Occasion occasion, int fromYear, int toYear)
    {
        foreach (var record in occasion.View.OfKind(kind))
        {
            var offset = Occasion.YearOf(record) - occasion.Year;
            if (offset < fromYear || offset > toYear)
                continue;
            var inner = new Occasion(
                occasion.Policy,
                occasion.Terms,
                record,
                occasion.View,
                occasion.Dictionary,
                remember: false,
                occasion.WordedAs
            );
            if (where.All(w => Check(w, inner, null) == true))
                yield return record;
        }
    }

    /// <summary>The numbers of the first twenty records, and how many there are where there are more.</summary>
    private static string Numbers(IReadOnlyList<Fact> records) =>
        string.Join(",", records.Take(Shown).Select(r => r.RecordId))
        + (records.Count > Shown ? $",…({Wording.Count(records.Count)})" : "");

    private static string Day(long dayNumber) =>
        DateOnly.FromDayNumber((int)dayNumber).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Step StepFor(
        FieldRef reference,
        Occasion occasion,
        (FactValue Value, Fact Fact)? found,
        Bilingual threshold,
        bool? holds
    )
    {
        var kind = occasion.Kind(reference.Kind);
        var field = occasion.Field(reference);
        var title = Wording.Field(reference, kind, field, occasion.WordedAs);
        if (found is not { } f)
            return new Step(title, "", threshold, null, kind.Agency, "", null);
        var value = Wording.Value(field, f.Value, occasion.WordedAs);
        return new Step(
            title,
            value.Zh,
            threshold,
            holds,
            f.Fact.Source,
            f.Fact.RecordId,
            f.Fact.EffectiveOn,
            Wording.English(value, occasion.WordedAs)
        );
    }
}
