using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using CsCheck;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

/// <summary>Laws of deciding, each tried on many random histories of up to twelve trips.</summary>
public sealed class Laws_that_hold_for_all_facts
{
    private static readonly Award PerHead = new Award.PerUnit(Trip("visitors"), null, 1, new Fen(151), null);

    private static readonly Gen<Fact[]> GenTrips = Gen.Select(
            Gen.Int[2021, 2024],
            Gen.Int[1, 12],
            Gen.Int[0, 30],
            Gen.Int[1, 3],
            Gen.Int[0, 1]
        )
        .Select(
            (year, month, visitors, number, mode) =>
                (Day: $"{year}-{month:00}-01", Visitors: visitors, Number: $"t{number}", Mode: mode == 0 ? "rail" : "air")
        )
        .Array[1, 12]
        .Select(all =>
            all.Select(
                    (t, i) =>
                        Given.Trip(
                            $"r{i:00}",
                            t.Day,
                            ("visitors", Given.Count(t.Visitors)),
                            ("number", Given.Code(t.Number)),
                            ("mode", Given.Code(t.Mode))
                        )
                )
                .ToArray()
        );

    private static bool IsInForce(Decision decision) => decision.Anchor is not null && decision.Outcome != Outcome.Expired;

    private static string YearOf(Decision decision) =>
        decision.Anchor!.EffectiveOn.Year.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Fen Sum(IEnumerable<Decision> decisions) => decisions.Aggregate(Fen.Zero, (sum, d) => sum + d.Amount);

    private static Fen Uncapped(Decision decision) => new(decision.Anchor!.Value("visitors")!.Value.Number * 151);

    [Fact]
    public void Shares_add_up_to_the_amount_and_only_what_is_entitled_has_any() =>
        Gen.Select(GenTrips, Gen.Int[0, 3], Gen.Int[1, 3])
            .Sample(
                (trips, city, county) =>
                {
                    foreach (var decision in All(Given.Terms(PerHead) with { Funding = new Funding.Ratio(city, county) }, trips))
                    {
                        Assert.Equal(decision.Amount, decision.Shares.Total);
                        Assert.Equal(decision.Outcome == Outcome.Entitled, decision.Amount > Fen.Zero);
                        Assert.Equal(decision.Amount.Value * county / (city + county), decision.Shares.County.Value);
                    }
                }
            );

    [Fact]
    public void A_ceiling_is_never_exceeded_and_never_left_unused_while_something_is_refused() =>
        Gen.Select(GenTrips, Gen.Long[1, 9_000], Gen.Enum<CapSpan>())
            .Sample(
                (trips, cap, span) =>
                {
                    var decisions = All(Given.Terms(PerHead) with { Caps = [new Cap(new Fen(cap), span)] }, trips).Where(IsInForce);
                    foreach (
                        var sharing in decisions.GroupBy(d =>
                            span switch
                            {
                                CapSpan.Year => YearOf(d),
                                CapSpan.Occasion => d.Occasion,
                                _ => "",
                            }
                        )
                    )
                        Assert.Equal(Fen.Min(new Fen(cap), sharing.Aggregate(Fen.Zero, (sum, d) => sum + Uncapped(d))), Sum(sharing));
                }
            );

    [Fact]
    public void A_ceiling_is_used_up_in_the_order_of_the_records() =>
        Gen.Select(GenTrips, Gen.Long[1, 9_000])
            .Sample(
                (trips, cap) =>
                {
                    var used = Fen.Zero;
                    foreach (
                        var decision in All(Given.Terms(PerHead) with { Caps = [new Cap(new Fen(cap), CapSpan.Lifetime)] }, trips)
                            .Where(IsInForce)
                    )
                    {
                        Assert.Equal(Fen.Min(Uncapped(decision), new Fen(cap) - used), decision.Amount);
                        used += decision.Amount;
                    }
                }
            );

    [Fact]
    public void Of_each_unit_of_a_group_one_award_stands_and_none_is_higher() =>
        Gen.Select(GenTrips, Gen.Int[1, 3], Gen.Int[1, 2])
            .Sample(
                (trips, factor, order) =>
                {
                    Policy Member(string id, int each, int place) =>
                        Given.Policy(
                            Given.Terms(new Award.PerUnit(Trip("visitors"), null, 1, new Fen(each), null)) with
                            {
                                Group = new("g", Trip("number"), GroupSpan.Field, place),
                            },
                            id
                        );
                    Policy[] members = [Member("a", 2, order), Member("b", factor, 3 - order)];
                    var single = members
                        .SelectMany(m => All([m with { Terms = m.Terms! with { Group = null } }], trips))
                        .Where(d => d.Outcome == Outcome.Entitled)
                        .ToList();
                    var decisions = All(members, trips);
                    foreach (var unit in single.GroupBy(d => d.Anchor!.Value("number")!.Value.Text))
                    {
                        var stands = Assert.Single(
                            decisions,
                            d => d.Outcome == Outcome.Entitled && d.Anchor!.Value("number")!.Value.Text == unit.Key
                        );
                        Assert.Equal(unit.Max(d => d.Amount.Value), stands.Amount.Value);
                        var first = unit.Where(d => d.Amount == stands.Amount)
                            .OrderBy(d => d.Policy == (order == 1 ? "a" : "b") ? 0 : 1)
                            .ThenBy(d => d.Occasion, StringComparer.Ordinal)
                            .First();
                        Assert.Equal((first.Policy, first.Occasion), (stands.Policy, stands.Occasion));
                        Assert.All(
                            decisions.Where(d => d.Outcome == Outcome.Superseded && d.Anchor!.Value("number")!.Value.Text == unit.Key),
                            d => Assert.Equal(stands.Policy, d.SupersededBy)
                        );
                    }

                    Assert.Equal(single.Count, decisions.Count(d => d.Outcome is Outcome.Entitled or Outcome.Superseded));
                }
            );

    [Fact]
    public void What_is_given_once_goes_to_the_first_record_that_fits() =>
        GenTrips.Sample(trips =>
        {
            var terms = Given.Terms(PerHead) with { Occasion = OccasionKind.Once, OnceBy = Trip("mode") };
            foreach (var key in All(terms, trips).Where(IsInForce).GroupBy(d => d.Occasion))
            {
                var first = key.FirstOrDefault(d => Uncapped(d) > Fen.Zero);
                Assert.All(key, d => Assert.Equal(ReferenceEquals(d, first) ? Uncapped(d) : Fen.Zero, d.Amount));
            }
        });

    [Fact]
    public void More_of_what_a_rising_award_counts_never_pays_less() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40])
            .Sample(
                (a, b) =>
                {
                    Award[] rising =
                    [
                        new Award.Tier(
                            Trip("visitors"),
                            [
                                new TierCase.ByRange(null, 10, Given.Fixed(1)),
                                new TierCase.ByRange(10, 25, PerHead),
                                new TierCase.ByRange(25, null, Given.Fixed(100)),
                            ]
                        ),
                        new Award.PerUnit(Trip("visitors"), null, 7, new Fen(3), 4),
                        new Award.Steps(Trip("visitors"), 5, new Fen(2), 6, new Fen(9)),
                        new Award.LowestOf([Given.Fixed(20), PerHead]),
                    ];
                    foreach (var award in rising)
                        Assert.True(
                            Worth(award, ("visitors", Given.Count(Math.Min(a, b))))
                                <= Worth(award, ("visitors", Given.Count(Math.Max(a, b)))),
                            $"{award}"
                        );
                }
            );

    [Fact]
    public void The_lowest_is_the_lowest_and_a_top_up_is_the_difference() =>
        Gen.Select(Gen.Int[1, 40], Gen.Long[0, 5_000])
            .Sample(
                (visitors, cost) =>
                {
                    (string, FactValue)[] values = [("visitors", Given.Count(visitors)), ("cost", new(FieldType.Money, cost))];
                    var half = new Award.Percent(Trip("cost"), null, new Dictionary<string, BasisPoints>(), new(5000));
                    Assert.Equal(Math.Min(Worth(PerHead, values), Worth(half, values)), Worth(new Award.LowestOf([PerHead, half]), values));
                    Assert.Equal(Worth(new Award.LowestOf([half, PerHead]), values), Worth(new Award.LowestOf([PerHead, half]), values));
                    Assert.Equal(Math.Max(0, Worth(PerHead, values) - cost), Worth(new Award.TopUp(PerHead, Trip("cost")), values));
                }
            );
}
