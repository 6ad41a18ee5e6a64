using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Domain.Tests.Replaying;

/// <summary>Short ways to replay and to read what came out.</summary>
internal static class Replaying
{
    public static readonly DateTimeOffset End = Given.Morning("2024-12-31");

    public static FieldRef Trip(string field) => new("trip", field);

    /// <summary>One yuan for each visitor.</summary>
    public static readonly Award PerHead = new Award.PerUnit(Trip("visitors"), null, 1, Domain.Money.Fen.FromYuan(1), null);

    public static Fact Of(string id, string day, long visitors, string number = "t1") =>
        Given.Trip(id, day, ("visitors", Given.Count(visitors)), ("number", Given.Code(number)));

    public static CountedAct Act(PolicyAct act) => new(act, new CountedMoment(act.Moment));

    public static CountedAct Automatic(string policy = "p", string day = "2022-01-01") =>
        Act(new PolicyAct.MadeAutomatic(policy, Given.Morning(day)));

    public static CountedFact Counted(Fact fact) => new(fact, new CountedMoment(FactView.MomentOf(fact)));

    public static IReadOnlyList<Movement> Run(
        Policy[] policies,
        IEnumerable<CountedFact> facts,
        IReadOnlyList<CountedAct>? acts = null,
        DateTimeOffset? through = null
    )
    {
        string[] ids = [.. policies.Select(p => p.Id).Distinct()];
        return Replay.Run(
            new ReplayRequest
            {
                Uscc = Given.Enterprise,
                Facts = facts,
                Plan = new ReplayPlan(new Decider(Given.Catalogue(policies)), ids, acts ?? [.. ids.Select(id => Automatic(id))]),
                Through = through ?? End,
            }
        );
    }

    public static IReadOnlyList<Movement> Run(Terms terms, params Fact[] facts) => Run([Given.Policy(terms)], facts.Select(Counted));

    /// <summary>
    /// "+policy/occasion#n 12@05-31" for claims and "-… 7@06-01" for limits; yuan, and the day in Baotou; "late" where it is.
    /// </summary>
    public static string Show(IEnumerable<Movement> movements) =>
        string.Join(
            ' ',
            movements.Select(m =>
            {
                var (sign, key, yuan) = m switch
                {
                    Movement.Claimed c => ("+", c.Key, c.Amount.Total),
                    Movement.Limited l => ("-", l.Key, l.Limit.Total),
                    _ => throw new InvalidOperationException(),
                };
                return $"{sign}{key.Policy}/{key.Occasion}#{key.Number}:{yuan.Value / 100}@{Domain.Time.ChinaTime.DayOf(m.Moment.At):MM-dd}{(m.Moment.IsLate ? "late" : "")}";
            })
        );
}
