using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Local.Printing;

/// <summary>A payout as people read it, with its reasons.</summary>
internal static class PayoutPage
{
    /// <summary>Shows it.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="catalogue">The list, for titles.</param>
    /// <param name="account">The payout.</param>
    /// <param name="trace">Its way from the facts, if that is shown too.</param>
    public static void Show(Screen screen, Catalogue catalogue, PayoutAccount account, IReadOnlyList<TraceLink>? trace = null)
    {
        var payout = account.Payout;
        var county = payout.County > Fen.Zero ? $"，另旗县区承担{payout.County.ToYuanText()}元" : "";
        screen.Heading($"{payout.Id} {payout.Claim.Uscc} {payout.City.ToYuanText()}元{county}，{WireWords.Of(payout.State)}");
        if (catalogue.VersionsOf(payout.Claim.Policy) is [.., { } entry])
            screen.Line(
                $"  {payout.Claim.Policy} {entry.Title.Zh}（{entry.Source.Document} {entry.Source.Item}），事项 {payout.Claim.Occasion}"
            );
        screen.Line(
            $"  资金池 {payout.Pool}，链上第{payout.EntrySeq}条{(payout.Part > 0 ? $"，第{payout.Part + 1}部分" : "")}{(payout.Claim.Number > 0 ? $"，补发第{payout.Claim.Number}次" : "")}"
        );
        if (payout.Note.Length > 0)
            screen.Line($"  {payout.Note}");
        if (account.Entitlement is { } entitlement)
        {
            var moment = entitlement.Moment.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            screen.Line(
                $"  排序时间 {moment}，第{entitlement.Round}轮{(entitlement.Claim.Late ? "，迟到数据" : "")}，应付{entitlement.Receipt.Due.ToYuanText()}元：{entitlement.Receipt.Arithmetic.Zh}"
            );
            StepLines.Show(screen, entitlement.Receipt.Steps);
        }

        if (trace is null)
            return;
        foreach (var link in trace)
        {
            screen.Line($"  {(link.Holds ? "✓" : "✗")} {link.Step}: {link.Says}{(link.Hash is { } hash ? $" [{hash.Hex[..16]}]" : "")}");
            if (link.Problem is { } problem)
                screen.Line($"    {problem}");
        }
    }
}
