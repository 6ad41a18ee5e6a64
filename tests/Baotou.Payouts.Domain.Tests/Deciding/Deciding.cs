using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Tests.Deciding;

/// <summary>Short ways to ask.</summary>
internal static class Deciding
{
    public static readonly DateOnly AsOf = Given.Day("2023-12-31");

    public static FieldRef Trip(string field) => new("trip", field);

    public static IReadOnlyList<Decision> All(Policy[] policies, params Fact[] facts) =>
        new Decider(Given.Catalogue(policies)).Decide(facts, AsOf);

    public static IReadOnlyList<Decision> All(Terms terms, params Fact[] facts) => All([Given.Policy(terms)], facts);

    public static Decision One(Terms terms, params Fact[] facts) => Assert.Single(All(terms, facts));

    /// <summary>Decides a trip with those values under one condition and a fixed award of 1 yuan.</summary>
    public static Decision Under(Condition condition, params (string Field, FactValue Value)[] values) =>
        One(Given.Terms(Given.Fixed(1), condition), Given.Trip("r1", "2023-06-15", values));

    /// <summary>What a trip with those values gets, in fen.</summary>
    public static long Worth(Award award, params (string Field, FactValue Value)[] values) =>
        One(Given.Terms(award), Given.Trip("r1", "2023-06-15", values)).Amount.Value;

    public static string Show(IEnumerable<Decision> decisions) =>
        string.Join(' ', decisions.Select(d => $"{d.Occasion}={d.Outcome}:{d.Amount.Value / 100}"));
}
