using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Local.Printing;

/// <summary>The list as people read it.</summary>
internal static class CataloguePage
{
    /// <summary>One line for each entry, by its latest version, and how many there are of each class.</summary>
    public static void List(Screen screen, Catalogue catalogue)
    {
        var entries = catalogue.Policies.GroupBy(p => p.Id).Select(g => g.Last()).ToList();
        screen.Table(
            ["id", "class", "title", "bureau", "document", "item"],
            entries.Select(p =>
                (IReadOnlyList<string>)[p.Id, WireWords.Of(p.Class), p.Title.Zh, p.Bureau, p.Source.Document, p.Source.Item]
            )
        );
        screen.Line(
            $"{entries.Count} entries: {string.Join(", ", entries.GroupBy(p => p.Class).OrderBy(g => g.Key).Select(g => $"{g.Count()} {WireWords.Of(g.Key)}"))}"
        );
    }

    /// <summary>Everything about one entry.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="catalogue">The list.</param>
    /// <param name="versions">Its versions, earliest first; at least one.</param>
    public static void Entry(Screen screen, Catalogue catalogue, IReadOnlyList<Policy> versions)
    {
        var latest = versions[^1];
        screen.Heading($"{latest.Id} {latest.Title.Zh} / {latest.Title.En}");
        screen.Line($"{latest.Source.Document} {latest.Source.Item}, {latest.Bureau}");
        screen.Line(latest.Summary.Zh);
        screen.Line(latest.Summary.En);
        screen.Line(
            $"class: {WireWords.Of(latest.Class)}{(latest.DuplicateOf is { } other ? " " + other : "")}; payee: {WireWords.Of(latest.Payee)}"
        );
        screen.Line($"why: {latest.Why.Zh} / {latest.Why.En}");
        if (latest.Ambiguity.Length > 0)
            screen.Line($"open: {latest.Ambiguity}");
        foreach (var version in versions)
        {
            screen.Line();
            screen.Heading(
                $"In force {Day(version.Validity.From)} to {Day(version.Validity.To)} (both included), published {Day(version.PublishedOn)}, {version.Hash.Hex[..12]}"
            );
            if (version.Terms is { } terms)
                Show(screen, new TermsText(catalogue.Facts, terms.Anchor), terms, catalogue);
        }
    }

    /// <summary>One line for each overlap that the print leaves unruled, and how many there are.</summary>
    public static void Overlaps(Screen screen, Catalogue catalogue)
    {
        screen.Table(
            ["between", "question"],
            catalogue.Overlaps.Select(o => (IReadOnlyList<string>)[string.Join(", ", o.Between), $"{o.Question.Zh} / {o.Question.En}"])
        );
        screen.Line($"{catalogue.Overlaps.Count} overlaps for the bureaus to settle; until then each award is decided by itself");
    }

    /// <summary>One line for each field of each kind.</summary>
    public static void Facts(Screen screen, FactDictionary facts)
    {
        screen.Table(
            ["kind", "period", "agency", "held", "field", "type", "unit", "title"],
            facts.Kinds.SelectMany(k =>
                k.Fields.Select(f =>
                    (IReadOnlyList<string>)
                        [
                            k.Id,
                            WireWords.Of(k.Period),
                            k.Agency,
                            WireWords.Of(k.Held),
                            f.Name + (f.Required ? "*" : ""),
                            WireWords.Of(f.Type),
                            Unit(f),
                            f.Title.Zh,
                        ]
                )
            )
        );
        screen.Line($"{facts.Kinds.Count} kinds of facts; * must be there");
        foreach (var kind in facts.Kinds)
        {
            if (kind.Records is { } records)
                screen.Line($"{kind.Id}: {records.Zh} / {records.En}");
        }
    }

    private static string Unit(FactField field) => field.Codes.Count > 0 ? string.Join(" | ", field.Codes.Select(c => c.Code)) : field.Unit;

    private static void Show(Screen screen, TermsText text, Terms terms, Catalogue catalogue)
    {
        screen.Line(
            $"for each: {catalogue.Facts.Find(terms.Anchor)?.Title.Zh} ({terms.Anchor}, {WireWords.Of(terms.Occasion)}{(terms.OnceBy is { } by ? $" by {by}" : "")})"
        );
        if (catalogue.Facts.Find(terms.Anchor)?.Records is { } records)
            screen.Line($"records: {records.Zh} / {records.En}");
        screen.Line(
            $"reads: {string.Join("; ", TermsWalk.Reads(terms).Select(r => r.Fields.Count == 0 ? r.Kind : $"{r.Kind} ({string.Join(", ", r.Fields)})"))}"
        );
        foreach (var said in terms.Conditions.Select(text.Say))
            screen.Line($"if: {said.Zh} / {said.En}");
        var award = text.Say(terms.Award);
        screen.Line($"pays: {award.Zh} / {award.En} ({WireWords.Of(terms.Rounding)})");
        foreach (var cap in terms.Caps)
            screen.Line(
                $"at most: {cap.Amount.ToYuanText()} yuan for each {WireWords.Of(cap.Span)}" + (cap.By is { } each ? $" and {each}" : "")
            );
        screen.Line($"borne by: {text.Say(terms.Funding).Zh} / {text.Say(terms.Funding).En}");
        screen.Line($"pool: {terms.Pool} ({WireWords.Of(terms.Charges)})");
        if (terms.Group is { } group)
            screen.Line($"excludes others of: {group.Id} (by {group.Unit?.ToString() ?? WireWords.Of(group.Span)}, place {group.Order})");
        screen.Line(terms.Click is { } click ? $"click: within {click.WithinDays} days" : "click: none asked for");
        screen.Line(
            $"public notice: {terms.NoticeDays} working day(s), {WireWords.Of(terms.Publicity)}{(terms.PaymentDays is { } days ? $"; paid within {days} {(terms.PaymentInWorkingDays ? "working days" : "days")}" : "")}"
        );
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "unknown";
}
