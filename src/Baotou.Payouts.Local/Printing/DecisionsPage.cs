using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Local.Printing;

/// <summary>Decisions as a clerk reads them: what is due first, then what is not and why, then what nothing is known of, counted.</summary>
internal sealed class DecisionsPage(Screen screen, Catalogue catalogue)
{
    /// <summary>Shows the decisions of one enterprise.</summary>
    /// <param name="uscc">Its code.</param>
    /// <param name="asOf">The legal day, included.</param>
    /// <param name="decisions">All of them, or those of one entry.</param>
    /// <param name="whole">Every decision with every step; otherwise entries without any record are counted only.</param>
    public void Show(Uscc uscc, DateOnly asOf, IReadOnlyList<Decision> decisions, bool whole)
    {
        screen.Heading($"{uscc}, as of {asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        if (!uscc.ChecksHold)
            screen.Line("The check characters of the code do not agree: it is decided, but held before any money.");
        var shown = decisions.Where(d => whole || d.Anchor is not null).ToList();
        foreach (var decision in shown.OrderBy(d => d.Outcome))
            Show(decision);
        var total = decisions.Aggregate(Fen.Zero, (sum, d) => sum + d.Amount);
        screen.Line();
        screen.Line($"{decisions.Count(d => d.Outcome == Outcome.Entitled)} award(s) due, {total.ToYuanText()} yuan in all");
        var rest = decisions
            .Except(shown)
            .GroupBy(d => d.Outcome)
            .OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {WireWords.Of(g.Key)}")
            .ToList();
        if (rest.Count > 0)
            screen.Line($"Entries without a record of this enterprise: {string.Join(", ", rest)}. '--policy ID' or '--json' shows them.");
        screen.Line($"List {catalogue.Version.Hex[..12]}");
    }

    private void Show(Decision decision)
    {
        screen.Line();
        var occasion = decision.Occasion.Length > 0 ? $" [{decision.Occasion}]" : "";
        screen.Heading($"{decision.Policy}{occasion} {WireWords.Of(decision.Outcome)}{Amount(decision)}");
        if (DecisionJson.EntryOf(catalogue, decision) is { } entry)
            screen.Line($"  {entry.Title.Zh} / {entry.Title.En} ({entry.Source.Document} {entry.Source.Item})");
        screen.Line($"  {decision.Reason.Zh} / {decision.Reason.En}");
        if (decision.Arithmetic.Zh.Length > 0)
            screen.Line($"  {decision.Arithmetic.Zh} / {decision.Arithmetic.En}");
        StepLines.Show(screen, decision.Steps);
    }

    private static string Amount(Decision decision) =>
        decision.Outcome switch
        {
            Outcome.Entitled when decision.Shares.County > Fen.Zero =>
                $" {decision.Amount.ToYuanText()} yuan (city {decision.Shares.City.ToYuanText()}, county {decision.Shares.County.ToYuanText()})",
            Outcome.Entitled => $" {decision.Amount.ToYuanText()} yuan",
            Outcome.Superseded => $" by {decision.SupersededBy}",
            _ => "",
        };
}
