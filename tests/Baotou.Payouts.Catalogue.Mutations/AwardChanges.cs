using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>Every small change of an award.</summary>
internal static class AwardChanges
{
    /// <summary>Amounts and rates a little up and down, edges moved, cases swapped and left out.</summary>
    public static IEnumerable<Change<Award>> Of(Award award) =>
        award switch
        {
            Award.Fixed a => Amounts(a.Amount, "fixed").Select(c => c.Within<Award>(x => a with { Amount = x })),
            Award.Tier a => Tier(a),
            Award.Percent a => Percent(a),
            Award.PerUnit a => PerUnit(a),
            Award.Steps a => Steps(a),
            Award.YearlySchedule a => Yearly(a),
            Award.Interest a => Interest(a),
            Award.LowestOf a => Lowest(a),
            Award.TopUp a => Of(a.To)
                .Select(c => c.Within<Award>(x => a with { To = x }, "topped up to: "))
                .Append(new("left out: what was received", a.To)),
            _ => throw new InvalidOperationException($"Unknown award {award.GetType().Name}."),
        };

    /// <summary>One fen and a tenth, up and down.</summary>
    public static IEnumerable<Change<Fen>> Amounts(Fen amount, string name) =>
        Around(amount.Value, 1).Select(n => new Change<Fen>($"{name} {amount.ToYuanText()} → {new Fen(n).ToYuanText()} yuan", new Fen(n)));

    private static IEnumerable<long> Around(long number, long least)
    {
        long[] near = [number + 1, number - 1, number + (number / 10), number - (number / 10)];
        return near.Where(n => n >= least && n != number).Distinct();
    }

    private static IEnumerable<Change<int>> Rates(BasisPoints rate, string name) =>
        new[] { rate.Value + 1, rate.Value - 1 }.Where(r => r > 0).Select(r => new Change<int>($"{name} {rate} → {new BasisPoints(r)}", r));

    private static IEnumerable<Change<Award>> Tier(Award.Tier award)
    {
        var cases = award.Cases;
        for (var i = 0; i < cases.Count; i++)
        {
            var at = i;
            foreach (var change in Of(cases[at].Award))
                yield return change.Within<Award>(
                    x => award with { Cases = With(cases, at, Paying(cases[at], x)) },
                    $"case {Said(cases[at])}: "
                );
            yield return new($"left out: case {Said(cases[at])}", award with { Cases = [.. cases.Where((_, n) => n != at)] });
            if (at + 1 < cases.Count && cases[at].Award != cases[at + 1].Award)
                yield return new(
                    $"swapped: cases {Said(cases[at])} and {Said(cases[at + 1])}",
                    award with
                    {
                        Cases = With(
                            With(cases, at, Paying(cases[at], cases[at + 1].Award)),
                            at + 1,
                            Paying(cases[at + 1], cases[at].Award)
                        ),
                    }
                );
            foreach (var edge in Edges(award, at))
                yield return edge;
        }
    }

    /// <summary>The lower edge of a case moved by one, together with the upper edge of the case before it.</summary>
    private static IEnumerable<Change<Award>> Edges(Award.Tier award, int at)
    {
        if (award.Cases[at] is not TierCase.ByRange range)
            yield break;
        foreach (var by in new[] { -1, 1 })
        {
            if (range.From is { } from && from + by >= 0)
            {
                var moved = With(award.Cases, at, range with { From = from + by });
                if (at > 0 && moved[at - 1] is TierCase.ByRange { Below: { } below } before && below == from)
                    moved = With(moved, at - 1, before with { Below = from + by });
                yield return new($"edge {from} {by:+0;-0} of case {Said(range)}", award with { Cases = moved });
            }

            if (at == award.Cases.Count - 1 && range.Below is { } end)
                yield return new(
                    $"edge {end} {by:+0;-0} of case {Said(range)}",
                    award with
                    {
                        Cases = With(award.Cases, at, range with { Below = end + by }),
                    }
                );
        }
    }

    private static TierCase Paying(TierCase one, Award award) =>
        one switch
        {
            TierCase.ByCode c => new TierCase.ByCode(c.Code, award),
            TierCase.ByRange r => new TierCase.ByRange(r.From, r.Below, award),
            _ => throw new InvalidOperationException("Unknown case."),
        };

    private static string Said(TierCase one) =>
        one switch
        {
            TierCase.ByCode c => c.Code,
            TierCase.ByRange r => $"[{r.From}, {r.Below})",
            _ => "",
        };

    private static IReadOnlyList<TierCase> With(IReadOnlyList<TierCase> cases, int at, TierCase one) =>
        [.. cases.Select((c, n) => n == at ? one : c)];

    private static IEnumerable<Change<Award>> Percent(Award.Percent award)
    {
        foreach (var (code, rate) in award.Rates)
        {
            Dictionary<string, BasisPoints> With(int value) => new(award.Rates, StringComparer.Ordinal) { [code] = new(value) };
            foreach (var change in Rates(rate, $"rate of {code}"))
                yield return change.Within<Award>(x => award with { Rates = With(x) });
            yield return new(
                $"left out: rate of {code}",
                award with
                {
                    Rates = award.Rates.Where(r => r.Key != code).ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal),
                },
                award.Otherwise == rate ? "others have the same rate" : null
            );
        }

        if (award.Otherwise is not { } otherwise)
            yield break;
        foreach (var change in Rates(otherwise, "rate"))
            yield return change.Within<Award>(x => award with { Otherwise = new(x) });
        if (award.Class is not null)
            yield return new("left out: rate of others", award with { Otherwise = null });
    }

    private static IEnumerable<Change<Award>> PerUnit(Award.PerUnit award)
    {
        foreach (var change in Amounts(award.Amount, "amount of a unit"))
            yield return change.Within<Award>(x => award with { Amount = x });
        foreach (var each in Around(award.Each, 1))
            yield return new($"each {award.Each} → {each}", award with { Each = each });
        if (award.Times is { } times)
            yield return new($"left out: times {times}", award with { Times = null });
        if (award.AtMost is not { } most)
            yield break;
        foreach (var other in Around(most, 1))
            yield return new($"at most {most} → {other}", award with { AtMost = other });
        yield return new($"left out: at most {most}", award with { AtMost = null });
    }

    private static IEnumerable<Change<Award>> Steps(Award.Steps award)
    {
        foreach (var from in Around(award.From, 0))
            yield return new($"from {award.From} → {from}", award with { From = from });
        foreach (var change in Amounts(award.Base, "base"))
            yield return change.Within<Award>(x => award with { Base = x });
        foreach (var each in Around(award.Each, 1))
            yield return new($"each {award.Each} → {each}", award with { Each = each });
        foreach (var change in Amounts(award.More, "more"))
            yield return change.Within<Award>(x => award with { More = x });
    }

    private static IEnumerable<Change<Award>> Yearly(Award.YearlySchedule award)
    {
        var rates = award.Rates;
        for (var i = 0; i < rates.Count; i++)
        {
            var at = i;
            foreach (var change in Rates(rates[at], $"rate of year {at + 1}"))
                yield return change.Within<Award>(x =>
                    award with
                    {
                        Rates = [.. rates.Select((r, n) => n == at ? new BasisPoints(x) : r)],
                    }
                );
            if (at + 1 < rates.Count && rates[at] != rates[at + 1])
                yield return new(
                    $"swapped: rates of years {at + 1} and {at + 2}",
                    award with
                    {
                        Rates =
                        [
                            .. rates.Select(
                                (r, n) =>
                                    n == at ? rates[at + 1]
                                    : n == at + 1 ? rates[at]
                                    : r
                            ),
                        ],
                    }
                );
        }

        yield return new("a year less", award with { Rates = [.. rates.SkipLast(1)] });
        yield return new("a year more", award with { Rates = [.. rates, rates[^1]] });
    }

    private static IEnumerable<Change<Award>> Interest(Award.Interest award)
    {
        foreach (var change in Rates(award.Share, "share of interest"))
            yield return change.Within<Award>(x => award with { Share = new(x) });
        if (award.Basis is InterestBasis.Computed computed)
            yield return new(
                $"day count {computed.DayCount} → {725 - computed.DayCount}",
                award with
                {
                    Basis = computed with { DayCount = 725 - computed.DayCount },
                }
            );
    }

    private static IEnumerable<Change<Award>> Lowest(Award.LowestOf award)
    {
        for (var i = 0; i < award.Awards.Count; i++)
        {
            var at = i;
            foreach (var change in Of(award.Awards[at]))
                yield return change.Within<Award>(
                    x => award with { Awards = [.. award.Awards.Select((a, n) => n == at ? x : a)] },
                    $"lowest, part {at + 1}: "
                );
            yield return new($"left out: part {at + 1} of the lowest", award with { Awards = [.. award.Awards.Where((_, n) => n != at)] });
        }
    }
}
