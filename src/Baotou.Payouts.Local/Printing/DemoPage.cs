using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Demo;

namespace Baotou.Payouts.Local.Printing;

/// <summary>The summary of a demo for people.</summary>
internal static class DemoPage
{
    /// <summary>Shows it.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="catalogue">The list, for titles.</param>
    /// <param name="outcome">What the demo ended with.</param>
    /// <param name="folder">Where the storage is kept; null if it is not.</param>
    public static void Show(Screen screen, Catalogue catalogue, DemoOutcome outcome, string? folder)
    {
        var report = outcome.Report;
        screen.Heading(
            $"Sandbox as of {report.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, list {catalogue.Version.Hex[..12]}"
        );
        screen.Line();
        screen.Table(
            ["pool", "year ", "appropriated, yuan ", "reserved ", "paid ", "free ", "payouts ", "waiting "],
            report.Pools.Select(p =>
                (IReadOnlyList<string>)
                    [
                        catalogue.Pools.FirstOrDefault(d => d.Id == p.Pool.Pool)?.Title.Zh ?? p.Pool.Pool,
                        Count(p.Pool.FiscalYear, "0"),
                        p.Head.Appropriated.ToYuanText(),
                        p.Head.Reserved.ToYuanText(),
                        p.Head.Paid.ToYuanText(),
                        p.Head.Free.ToYuanText(),
                        Count(p.Payouts),
                        Count(p.Waiting),
                    ]
            )
        );
        if (report.Edges.Count > 0)
            ShowEdges(screen, catalogue, report);
        screen.Line();
        screen.Table(
            ["source", "facts ", "quarantined ", "why"],
            report.Sources.Select(s =>
                (IReadOnlyList<string>)
                    [
                        s.Source,
                        Count(s.Facts),
                        Count(s.Quarantined.Values.Sum()),
                        string.Join(", ", s.Quarantined.Select(q => $"{q.Value} {q.Key}")),
                    ]
            )
        );
        foreach (var example in outcome.Examples)
            Show(screen, catalogue, example);
        screen.Line();
        screen.Line(
            $"{Count(report.Enterprises)} enterprises, {Count(report.Facts)} facts, {Count(report.Quarantined)} records in quarantine"
        );
        screen.Line($"{Count(report.Decisions)} decisions, {Count(report.Entitled)} of them entitled");
        screen.Line(
            $"{Count(report.Payouts.Count)} payouts of {report.PayoutFen.ToYuanText()} yuan ({States(report)}), {Count(report.Waiting)} claims wait"
        );
        if (report.Holds.Count > 0)
            screen.Line($"held in matching: {string.Join(", ", report.Holds.Select(h => $"{h.Value} {h.Key}"))}");
        var took = outcome.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        screen.Line(
            $"storage transactions: {Count(outcome.Cost.Table)} on tables, {Count(outcome.Cost.Queue)} on queues, in {Count(outcome.Cost.Executions)} executions; {took} s"
        );
        screen.Line($"payouts {report.PayoutsSha256}");
        VerifyPage.Show(screen, outcome.Verification);
        if (folder is not null)
            screen.Line(
                $"Kept in {folder}: 'payouts verify --data {folder}', 'payouts pool ID --data {folder}', 'payouts run --data {folder}'."
            );
    }

    private static void ShowEdges(Screen screen, Catalogue catalogue, DemoReport report)
    {
        screen.Line();
        screen.Table(
            [
                "pool that ran dry",
                "at entry ",
                "claims in pieces ",
                "reserved after new money ",
                "next in line has ",
                "lacks, yuan ",
                "lots drawn ",
            ],
            report.Edges.Select(e =>
                (IReadOnlyList<string>)
                    [
                        catalogue.Pools.FirstOrDefault(d => d.Id == e.Pool.Pool)?.Title.Zh ?? e.Pool.Pool,
                        Count(e.RanDryAt),
                        Count(e.InPieces),
                        Count(e.AfterNewMoney),
                        e.NextHas.ToYuanText(),
                        e.NextLacks.ToYuanText(),
                        Count(e.Lots),
                    ]
            )
        );
    }

    private static void Show(Screen screen, Catalogue catalogue, PayoutAccount example)
    {
        screen.Line();
        PayoutPage.Show(screen, catalogue, example);
    }

    private static string States(DemoReport report) =>
        string.Join(", ", report.Payouts.CountBy(p => p.State).OrderBy(c => c.Key).Select(c => $"{Count(c.Value)} {WireWords.Of(c.Key)}"));

    private static string Count(long count, string format = "#,0") => count.ToString(format, CultureInfo.InvariantCulture);
}
