using System.Globalization;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>The score as people read it, and for each survivor the case that would notice it.</summary>
public static class Report
{
    /// <summary>The score of the whole and of each part of the list, and what was left out for which reason.</summary>
    public static void Write(TextWriter to, Score score)
    {
        to.Write($"{"", -10} {"changes", 8} {"noticed", 8} {"score", 8}\n");
        foreach (var section in score.Counted.GroupBy(r => r.Mutation.Section))
            Line(section.Key, [.. section]);
        Line("all", score.Counted);
        to.Write("\nby what was changed:\n");
        foreach (var kind in score.Counted.GroupBy(r => r.Mutation.Kind))
            Line(kind.Key, [.. kind]);
        to.Write("\nleft out, because no facts can tell them from the original:\n");
        foreach (var reason in score.Results.Where(r => r.Mutation.Equivalent is not null).GroupBy(r => r.Mutation.Equivalent))
            to.Write($"{reason.Count(), 8}  {reason.Key}\n");

        void Line(string name, IReadOnlyCollection<Result> results) =>
            to.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -10} {results.Count, 8} {results.Count(r => r.Killed), 8} {Score.PercentOf(results), 7:0.0}%\n"
                )
            );
    }

    /// <summary>One survivor with a skeleton of the case that would notice it; what it pays is to be worked out from the print.</summary>
    public static void Write(TextWriter to, Mutation survivor, Witness? witness, FactDictionary dictionary)
    {
        to.Write($"\n  # {survivor.Before.Id}: {survivor.Kind}: {survivor.What}\n");
        if (witness is null)
        {
            to.Write("  # no facts were found that tell it from the original\n");
            return;
        }

        to.Write($"  # as it stands: {Said(witness.Decisions)}; changed: {Said(witness.Changed)}\n");
        to.Write(
            $"  - policy: {survivor.Before.Id}\n    says: {survivor.What.Replace(": ", " ", StringComparison.Ordinal)}\n    as-of: {Day(witness.AsOf)}\n    facts:\n"
        );
        foreach (var fact in witness.Facts)
            to.Write($"      - {Said(fact, dictionary)}\n");
        var sum = witness.Decisions.Aggregate(Fen.Zero, (s, d) => s + d.Amount);
        var county = witness.Decisions.Aggregate(Fen.Zero, (s, d) => s + d.Shares.County);
        if (sum > Fen.Zero)
            to.Write($"    pays: {Plain(sum)} yuan\n" + (survivor.Kind == "funding" ? $"    county: {Plain(county)} yuan\n" : ""));
        else
            to.Write(
                $"    refused: {Word(witness.Decisions.Select(d => d.Outcome).Except(witness.Changed.Select(d => d.Outcome)).Append(witness.Decisions[0].Outcome).First())}\n"
            );
    }

    private static string Said(IReadOnlyList<Decision> decisions) =>
        string.Join(
            ", ",
            decisions.Select(d =>
                d.Outcome == Outcome.Entitled
                    ? $"{d.Amount.ToYuanText()} ({d.Shares.County.ToYuanText()} county) {d.Arithmetic.En}"
                    : d.Outcome.ToString()
            )
        );

    private static string Said(Fact fact, FactDictionary dictionary)
    {
        var parts = new List<string> { $"kind: {fact.Kind}", $"on: {Day(fact.EffectiveOn)}" };
        if (ChinaTime.DayOf(fact.RecordedAt) is var recorded && recorded != fact.EffectiveOn)
            parts.Add($"recorded: {Day(recorded)}");
        if (fact.Period.Length > 0)
            parts.Add($"period: {fact.Period}");
        parts.AddRange(
            dictionary
                .Find(fact.Kind)!
                .Fields.Where(f => fact.Value(f.Name) is not null)
                .Select(f => $"{f.Name}: {fact.Value(f.Name)!.Value.ToDeliveredText()}")
        );
        return "{" + string.Join(", ", parts) + "}";
    }

    private static string Plain(Fen amount) => (amount.Value / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Word(Outcome outcome) =>
        string.Concat(outcome.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{c}" : c.ToString())).ToLowerInvariant();
}
