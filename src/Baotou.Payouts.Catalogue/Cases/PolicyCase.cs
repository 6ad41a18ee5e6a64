using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Catalogues.Cases;

/// <summary>What a case expects.</summary>
public abstract record Expectation
{
    private Expectation() { }

    /// <summary>The entry pays, over all occasions of the case together.</summary>
    /// <param name="Amount">The sum.</param>
    /// <param name="County">The county's part of it; a case that does not speak of the county expects none.</param>
    public sealed record Pays(Fen Amount, Fen County) : Expectation;

    /// <summary>The entry pays nothing.</summary>
    /// <param name="Outcome">The outcome of at least one of its decisions.</param>
    public sealed record Refused(Outcome Outcome) : Expectation;
}

/// <summary>
/// Facts of one enterprise and what one entry makes of them: an example that a policy officer can read and that every build works out
/// again.
/// </summary>
/// <param name="File">Path below the list's folder.</param>
/// <param name="Line">Line in that file, from 1.</param>
/// <param name="Policy">Id of the entry.</param>
/// <param name="Says">What the case shows, in a sentence.</param>
/// <param name="AsOf">The business day, included.</param>
/// <param name="Facts">The facts.</param>
/// <param name="Expected">What is expected.</param>
public sealed record PolicyCase(
    string File,
    int Line,
    string Policy,
    string Says,
    DateOnly AsOf,
    IReadOnlyList<Fact> Facts,
    Expectation Expected
)
{
    /// <summary>Works the case out.</summary>
    /// <returns>Null if it holds; otherwise what came out instead, with the decider's reasons.</returns>
    public string? Difference(Decider decider)
    {
        var decisions = decider.Decide(Facts, AsOf).Where(d => d.Policy == Policy).ToList();
        var amount = decisions.Aggregate(Fen.Zero, (sum, d) => sum + d.Amount);
        var county = decisions.Aggregate(Fen.Zero, (sum, d) => sum + d.Shares.County);
        var holds = Expected switch
        {
            Expectation.Pays pays => amount == pays.Amount && county == pays.County,
            Expectation.Refused refused => amount == Fen.Zero && decisions.Any(d => d.Outcome == refused.Outcome),
            _ => false,
        };
        return holds
            ? null
            : $"{File}:{Line}: {Policy}: {Says}: expected {Told()}, got {amount.ToYuanText()} yuan ({county.ToYuanText()} of it the county's); "
                + string.Join("; ", decisions.Select(d => $"{d.Occasion} {d.Outcome}: {d.Reason.En} {d.Arithmetic.En}"));
    }

    private string Told() =>
        Expected switch
        {
            Expectation.Pays pays => $"{pays.Amount.ToYuanText()} yuan ({pays.County.ToYuanText()} of it the county's)",
            Expectation.Refused refused => refused.Outcome.ToString(),
            _ => "nothing",
        };
}
