using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;
using CsCheck;
using static Baotou.Payouts.Domain.Tests.Replaying.Replaying;

namespace Baotou.Payouts.Domain.Tests.Replaying;

/// <summary>Random histories of three entries: two in a group, one with a ceiling; corrections, withdrawals, late facts and acts.</summary>
public sealed class Movements_follow_from_the_facts_alone
{
    private static readonly Policy[] Entries =
    [
        Given.Policy(
            Given.Terms(PerHead) with
            {
                Group = new("g", Trip("number"), GroupSpan.Field, 1),
                Funding = new Funding.Ratio(1, 1),
            },
            "a"
        ),
        Given.Policy(
            Given.Terms(
                new Award.PerUnit(Trip("nights"), null, 1, new Fen(151), null),
                new Condition.Compare(new("state", "size"), Comparison.Equal, Given.Code("small"))
            ) with
            {
                Group = new("g", Trip("number"), GroupSpan.Field, 2),
            },
            "b"
        ),
        Given.Policy(Given.Terms(PerHead) with { Caps = [new Cap(new Fen(1500), CapSpan.Year)] }, "c"),
    ];

    private static readonly Gen<Fact> GenTrip = Gen.Select(
            Gen.Int[0, 3],
            Gen.Int[1, 9],
            Gen.Int[1, 9],
            Gen.Int[0, 12],
            Gen.Int[0, 12],
            Gen.Int[1, 2],
            Gen.Int[0, 5]
        )
        .Select(
            (id, recorded, effective, visitors, nights, number, withdrawn) =>
                Given.Trip(
                    $"r{id}",
                    $"2023-0{effective}-01",
                    ("visitors", Given.Count(visitors)),
                    ("nights", Given.Count(nights)),
                    ("number", Given.Code($"t{number}"))
                ) with
                {
                    RecordedAt = Given.Morning($"2023-0{recorded}-01"),
                    Withdrawn = withdrawn == 0,
                }
        );

    private static readonly Gen<Fact> GenState = Gen.Select(Gen.Int[1, 9], Gen.Int[0, 1])
        .Select(
            (month, size) => Given.Record("state", $"s{month}", $"2023-0{month}-01", ("size", Given.Code(size == 0 ? "small" : "large")))
        );

    /// <summary>A fifth of the facts is seen only in a later round, number = month of its edge.</summary>
    private static readonly Gen<CountedFact[]> GenFacts = Gen.Select(
            Gen.OneOf(GenTrip, GenTrip, GenTrip, GenState),
            Gen.Int[1, 9],
            Gen.Int[0, 4]
        )
        .Select(
            (fact, edge, late) =>
            {
                var own = FactView.MomentOf(fact);
                var at = Given.Morning($"2023-0{edge}-15");
                return new CountedFact(fact, late == 0 && at > own ? new CountedMoment(at, edge) : new CountedMoment(own));
            }
        )
        .Array[1, 14];

    private static readonly Gen<CountedAct[]> GenActs = Gen.Select(Gen.Int[0, 2], Gen.Int[1, 9], Gen.Int[0, 3])
        .Select(
            (entry, month, kind) =>
            {
                var (id, moment) = ("abc"[entry].ToString(), Given.Morning($"2023-0{month}-10"));
                return Act(kind == 0 ? new PolicyAct.PutInShadow(id, moment) : new PolicyAct.MadeAutomatic(id, moment));
            }
        )
        .Array[0, 4]
        .Select(acts => acts.DistinctBy(a => (a.Act.Policy, a.Moment)).Concat([Automatic("a"), Automatic("c")]).ToArray());

    [Fact]
    public void The_order_and_the_repetition_of_delivery_change_nothing() =>
        Gen.Select(GenFacts, GenActs, Gen.Int)
            .Sample(
                (facts, acts, seed) =>
                {
                    var shuffled = facts.Concat(facts.Take(3)).ToArray();
                    new Random(seed).Shuffle(shuffled);
                    var swapped = acts.ToArray();
                    new Random(seed).Shuffle(swapped);
                    Assert.Equal(Exactly(Run(Entries, facts, acts)), Exactly(Run(Entries, shuffled, swapped)));
                },
                iter: 500
            );

    [Fact]
    public void A_closed_rounds_movements_are_never_changed_by_a_later_one() =>
        Gen.Select(GenFacts, GenActs, Gen.Int[1, 9], Gen.Int[1, 9])
            .Sample(
                (facts, acts, x, y) =>
                {
                    var (earlier, later) = (Given.Morning($"2023-0{Math.Min(x, y)}-15"), Given.Morning($"2023-0{Math.Max(x, y)}-15"));
                    var known = facts.Where(f => !(f.Moment.IsLate && f.Moment.At == earlier)).ToArray();
                    var first = Exactly(Run(Entries, known, acts, earlier));
                    Assert.Equal(first, Exactly(Run(Entries, facts, acts, later)).Take(first.Length));
                },
                iter: 500
            );

    [Fact]
    public void What_stands_at_the_end_is_what_is_due_by_entries_that_reserve() =>
        GenFacts.Sample(
            facts =>
            {
                CountedAct[] acts = [Automatic("a"), Automatic("b"), Automatic("c")];
                var stands = new Dictionary<ClaimKey, Fen>();
                var seen = new HashSet<ClaimKey>();
                foreach (var movement in Run(Entries, facts, acts))
                {
                    switch (movement)
                    {
                        case Movement.Claimed c:
                            Assert.True(seen.Add(c.Key), $"{c.Key} twice");
                            Assert.True(c.Amount.Total > Fen.Zero && c.Amount.City >= Fen.Zero && c.Amount.County >= Fen.Zero);
                            stands[c.Key] = c.Amount.Total;
                            break;
                        case Movement.Limited l:
                            Assert.True(l.Limit.Total < stands[l.Key], "a limit only lowers");
                            stands[l.Key] = l.Limit.Total;
                            break;
                    }
                }

                var due = new Domain.Deciding.Decider(Given.Catalogue(Entries)).Decide(facts.Select(f => f.Fact), Given.Day("2024-12-31"));
                Assert.Equal(due.Sum(d => d.Amount.Value), stands.Values.Sum(v => v.Value));
            },
            iter: 500
        );

    private static string[] Exactly(IEnumerable<Movement> movements) =>
        [
            .. movements.Select(m =>
                m switch
                {
                    Movement.Claimed c => $"{c.Key} {c.Amount} {c.Moment} {c.Year} {c.Deciding.Hash} {c.FactsHash} {c.Receipt!.Arithmetic}",
                    Movement.Limited l => $"{l.Key} {l.Limit} {l.Moment}",
                    _ => "",
                }
            ),
        ];
}
