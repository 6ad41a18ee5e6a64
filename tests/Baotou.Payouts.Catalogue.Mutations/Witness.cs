using System.Globalization;
using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>Facts that tell a change from the original: what a case would have to give.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Decisions">What the entry as it stands says. A case's expectation comes from the print, not from here.</param>
/// <param name="Changed">What the changed entry says.</param>
public sealed record Witness(IReadOnlyList<Fact> Facts, DateOnly AsOf, IReadOnlyList<Decision> Decisions, IReadOnlyList<Decision> Changed);

/// <summary>
/// Looks for a witness by varying the cases there are: a value at each edge, a second record, another year, the first and the last day.
/// </summary>
public sealed class WitnessSearch(Trial trial, FactDictionary dictionary)
{
    /// <summary>The witness that changes the least of a case, or null if none was found.</summary>
    public Witness? Find(Mutation mutation)
    {
        var (before, after) = (trial.Before(mutation), trial.After(mutation));
        var values = new Variations(mutation, dictionary);
        var bases = trial
            .CasesOf(mutation)
            .OrderByDescending(c => c.Policy == mutation.Before.Id && c.Expected is Expectation.Pays)
            .Select(c => (c.Facts, c.AsOf))
            .Append(([], mutation.Before.PublishedOn))
            .ToList();
        return First(bases)
            ?? First(bases.Take(6).SelectMany(b => values.Of(b.Facts, b.AsOf)))
            ?? First(bases.Take(3).SelectMany(b => values.Of(b.Facts, b.AsOf)).SelectMany(b => values.Of(b.Item1, b.Item2)).Take(20_000));

        Witness? First(IEnumerable<(IReadOnlyList<Fact>, DateOnly)> tries)
        {
            foreach (var (facts, asOf) in tries)
            {
                List<Decision> Own(Decider decider) => [.. decider.Decide(facts, asOf).Where(d => d.Policy == mutation.Before.Id)];
                var (old, changed) = (Own(before), Own(after));
                if (Said(old) != Said(changed))
                    return new(facts, asOf, old, changed);
            }

            return null;
        }
    }

    /// <summary>Whether a case with these facts, about the entry that was changed there, would notice another change too.</summary>
    public bool Notices(Witness witness, Mutation mutation)
    {
        List<Decision> Own(Decider decider) => [.. decider.Decide(witness.Facts, witness.AsOf).Where(d => d.Policy == mutation.Before.Id)];
        return Said(Own(trial.Before(mutation))) != Said(Own(trial.After(mutation)));
    }

    /// <summary>What a case can tell apart: the sum and the county's part of it, or for nothing the outcomes.</summary>
    private static string Said(List<Decision> decisions)
    {
        var (sum, county) = (decisions.Sum(d => d.Amount.Value), decisions.Sum(d => d.Shares.County.Value));
        return sum > 0 ? $"{sum} {county}" : string.Join(' ', decisions.Select(d => d.Outcome).Distinct().Order());
    }

    /// <summary>The small ways in which facts can differ.</summary>
    private sealed class Variations(Mutation mutation, FactDictionary dictionary)
    {
        private readonly long[] _numbers =
        [
            .. Interesting
                .NumbersOf(mutation.Before.Terms!)
                .Concat(Interesting.NumbersOf(mutation.After.Terms!))
                .SelectMany(n => new[] { n - 1, n, n + 1 })
                .Where(n => n >= 0)
                .Distinct(),
        ];
        private readonly DateOnly[] _days =
        [
            .. new[] { mutation.Before.Validity.From, mutation.Before.Validity.To, mutation.Before.PublishedOn }
                .OfType<DateOnly>()
                .SelectMany(d => new[] { d, d.AddDays(-1), d.AddDays(1) })
                .Distinct(),
        ];

        public IEnumerable<(IReadOnlyList<Fact>, DateOnly)> Of(IReadOnlyList<Fact> facts, DateOnly asOf)
        {
            for (var i = 0; i < facts.Count; i++)
            {
                foreach (var fact in Of(facts[i]))
                    yield return (With(facts, i, fact), asOf);
                foreach (var day in _days)
                {
                    yield return (With(facts, i, On(facts[i], day)), day > asOf ? day : asOf);
                    yield return ([.. facts.Select(f => On(f, day))], day);
                }

                yield return ([.. facts, facts[i] with { RecordId = facts[i].RecordId + "b" }], asOf);
                foreach (var years in new[] { -1, 1, 2, 3 })
                    yield return ([.. facts, Later(facts[i], years)], asOf.AddYears(Math.Max(0, years)));
                foreach (var years in new[] { -2, -1, 1, 2, 3 })
                    yield return (With(facts, i, Later(facts[i], years)), asOf.AddYears(Math.Max(0, years)));
                yield return ([.. facts.Where((_, n) => n != i)], asOf);
            }
        }

        private IEnumerable<Fact> Of(Fact fact)
        {
            foreach (var field in dictionary.Find(fact.Kind)!.Fields)
            {
                IEnumerable<FactValue> values = field.Type switch
                {
                    FieldType.Code => field.Codes.Select(c => FactValue.OfCode(c.Code)),
                    FieldType.Flag => [FactValue.Of(true), FactValue.Of(false)],
                    FieldType.Text => [],
                    FieldType.Date => Days(fact.Value(field.Name)).Select(n => new FactValue(field.Type, n)),
                    FieldType.Rate => new long[] { 333, 435, 1000 }
                        .Concat(_numbers.Where(n => n <= 100_000))
                        .Select(n => new FactValue(field.Type, n)),
                    FieldType.Count => _numbers
                        .Where(n => n < 10_000_000)
                        .Append(7)
                        .Append(2020)
                        .Append(2021)
                        .Append(2022)
                        .Append(2023)
                        .Select(n => new FactValue(field.Type, n)),
                    _ => _numbers
                        .Append(33_333)
                        .Append(33_334)
                        .Append(33_337)
                        .Append(1_799)
                        .Append(12_345_650)
                        .Append(10_000_000_000_000)
                        .Select(n => new FactValue(field.Type, n)),
                };
                foreach (var value in values.Where(v => fact.Value(field.Name) != v))
                    yield return fact with
                    {
                        Values = fact.Values.SetItem(field.Name, value),
                    };
            }
        }

        private IEnumerable<long> Days(FactValue? now) =>
            _numbers
                .Where(n => n is > 690_000 and < 800_000)
                .Concat(now is { } v ? _numbers.Where(n => n < 4_000).SelectMany(n => new[] { v.Number - n, v.Number + n }) : [])
                .Concat(now is { } w ? [w.Number - 365, w.Number - 366, w.Number - 730, w.Number + 365] : []);

        private static IReadOnlyList<Fact> With(IReadOnlyList<Fact> facts, int at, Fact fact) =>
            [.. facts.Select((f, n) => n == at ? fact : f)];

        private static Fact On(Fact fact, DateOnly day) =>
            fact.Period.Length > 0
                ? fact with
                {
                    RecordedAt = ChinaTime.StartOf(day).AddHours(12),
                    EffectiveOn = fact.EffectiveOn > day ? day : fact.EffectiveOn,
                }
                : fact with
                {
                    EffectiveOn = day,
                    RecordedAt = ChinaTime.StartOf(day).AddHours(12),
                };

        private static Fact Later(Fact fact, int years) =>
            fact with
            {
                RecordId = $"{fact.RecordId}y{years.ToString(CultureInfo.InvariantCulture)}",
                EffectiveOn = fact.EffectiveOn.AddYears(years),
                RecordedAt = fact.RecordedAt.AddYears(years),
                Period =
                    fact.Period.Length < 4
                        ? ""
                        : (int.Parse(fact.Period.AsSpan(0, 4), CultureInfo.InvariantCulture) + years).ToString(
                            "0000",
                            CultureInfo.InvariantCulture
                        ) + fact.Period[4..],
            };
    }
}
