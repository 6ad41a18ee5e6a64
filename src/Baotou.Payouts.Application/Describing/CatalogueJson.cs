using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Describing;

/// <summary>
/// The list as answers to a machine show it. What an entry does not have is left out; an end of validity that the text does not give is
/// null.
/// </summary>
public static class CatalogueJson
{
    /// <summary>Writes the list: one object for each entry, by its latest version.</summary>
    public static void WriteList(Utf8JsonWriter json, Catalogue catalogue)
    {
        json.WriteStartArray();
        foreach (var versions in catalogue.Policies.GroupBy(p => p.Id))
        {
            json.WriteStartObject();
            WriteHead(json, versions.Last());
            json.WriteNumber("versions", versions.Count());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one entry with all its versions, earliest first.</summary>
    /// <param name="json">A writer where a value may stand.</param>
    /// <param name="catalogue">The list.</param>
    /// <param name="versions">The versions of one entry; at least one.</param>
    public static void WriteEntry(Utf8JsonWriter json, Catalogue catalogue, IReadOnlyList<Policy> versions)
    {
        json.WriteStartObject();
        WriteHead(json, versions[^1]);
        json.WriteStartArray("versions");
        foreach (var version in versions)
        {
            json.WriteStartObject();
            json.WriteString("hash", version.Hash.Hex);
            json.WriteString("publishedOn", Day(version.PublishedOn));
            WriteDay(json, "validFrom", version.Validity.From);
            WriteDay(json, "validTo", version.Validity.To);
            if (version.Terms is { } terms)
                WriteTerms(json, new TermsText(catalogue.Facts, terms.Anchor), terms);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes overlaps that the print leaves unruled: one object for each.</summary>
    public static void WriteOverlaps(Utf8JsonWriter json, IEnumerable<Overlap> overlaps)
    {
        json.WriteStartArray();
        foreach (var overlap in overlaps)
        {
            json.WriteStartObject();
            json.WriteStartArray("between");
            foreach (var id in overlap.Between)
                json.WriteStringValue(id);
            json.WriteEndArray();
            Write(json, "question", overlap.Question);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the facts dictionary: one object for each kind.</summary>
    public static void WriteFacts(Utf8JsonWriter json, FactDictionary facts)
    {
        json.WriteStartArray();
        foreach (var kind in facts.Kinds)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind.Id);
            Write(json, "title", kind.Title);
            if (kind.Records is { } records)
                Write(json, "records", records);
            json.WriteStartArray("fields");
            foreach (var field in kind.Fields)
                WriteField(json, field);
            json.WriteEndArray();
            json.WriteString("period", WireWords.Of(kind.Period));
            json.WriteString("agency", kind.Agency);
            json.WriteString("held", WireWords.Of(kind.Held));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter json, Policy policy)
    {
        json.WriteString("id", policy.Id);
        json.WriteString("class", WireWords.Of(policy.Class));
        json.WriteString("why", policy.Why.Zh);
        json.WriteString("whyEn", policy.Why.En);
        json.WriteString("document", policy.Source.Document);
        json.WriteString("item", policy.Source.Item);
        json.WriteString("bureau", policy.Bureau);
        Write(json, "title", policy.Title);
        Write(json, "summary", policy.Summary);
        json.WriteString("payee", WireWords.Of(policy.Payee));
        json.WriteString("publishedOn", Day(policy.PublishedOn));
        WriteDay(json, "validFrom", policy.Validity.From);
        WriteDay(json, "validTo", policy.Validity.To);
        if (policy.DuplicateOf is { } other)
            json.WriteString("duplicateOf", other);
        if (policy.Ambiguity.Length > 0)
            json.WriteString("ambiguity", policy.Ambiguity);
        if (policy.Terms is { } terms)
            json.WriteString("pool", terms.Pool);
    }

    private static void WriteTerms(Utf8JsonWriter json, TermsText text, Terms terms)
    {
        json.WriteStartObject("terms");
        json.WriteString("anchor", terms.Anchor);
        json.WriteString("occasion", WireWords.Of(terms.Occasion));
        if (terms.OnceBy is { } by)
            json.WriteString("onceBy", by.ToString());
        json.WriteStartArray("conditions");
        foreach (var condition in terms.Conditions)
            WriteSaid(json, text.Say(condition));
        json.WriteEndArray();
        json.WritePropertyName("award");
        WriteSaid(json, text.Say(terms.Award));
        WriteReads(json, terms);
        json.WriteStartArray("caps");
        foreach (var cap in terms.Caps)
        {
            json.WriteStartObject();
            json.WriteNumber("amountFen", cap.Amount.Value);
            json.WriteString("span", WireWords.Of(cap.Span));
            if (cap.By is { } each)
                json.WriteString("by", each.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("rounding", WireWords.Of(terms.Rounding));
        json.WritePropertyName("funding");
        WriteSaid(json, text.Say(terms.Funding));
        json.WriteString("pool", terms.Pool);
        json.WriteString("chargedYear", WireWords.Of(terms.Charges));
        if (terms.Group is { } group)
        {
            json.WriteStartObject("group");
            json.WriteString("id", group.Id);
            json.WriteString("span", WireWords.Of(group.Span));
            if (group.Unit is { } unit)
                json.WriteString("unit", unit.ToString());
            json.WriteNumber("order", group.Order);
            json.WriteEndObject();
        }

        if (terms.Click is { } click)
            json.WriteNumber("clickDays", click.WithinDays);
        json.WriteNumber("noticeDays", terms.NoticeDays);
        json.WriteString("publicity", WireWords.Of(terms.Publicity));
        if (terms.PaymentDays is { } days)
            json.WriteNumber(terms.PaymentInWorkingDays ? "paymentWorkingDays" : "paymentDays", days);
        json.WriteEndObject();
    }

    /// <summary>
    /// The words of the facts dictionary that a decision rests on: kinds, and of each the fields that are read (none where its records are
    /// counted only).
    /// </summary>
    private static void WriteReads(Utf8JsonWriter json, Terms terms)
    {
        json.WriteStartArray("reads");
        foreach (var (kind, fields) in TermsWalk.Reads(terms))
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            json.WriteStartArray("fields");
            foreach (var field in fields)
                json.WriteStringValue(field);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteField(Utf8JsonWriter json, FactField field)
    {
        json.WriteStartObject();
        json.WriteString("name", field.Name);
        json.WriteString("type", WireWords.Of(field.Type));
        json.WriteString("unit", field.Unit);
        Write(json, "title", field.Title);
        json.WriteBoolean("required", field.Required);
        if (field.Codes.Count > 0)
        {
            json.WriteStartArray("codes");
            foreach (var code in field.Codes)
            {
                json.WriteStartObject();
                json.WriteString("code", code.Code);
                Write(json, "title", code.Title);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSaid(Utf8JsonWriter json, Bilingual text)
    {
        json.WriteStartObject();
        json.WriteString("zh", text.Zh);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Bilingual text)
    {
        json.WriteString(name + "Zh", text.Zh);
        json.WriteString(name + "En", text.En);
    }

    private static void WriteDay(Utf8JsonWriter json, string name, DateOnly? day)
    {
        if (day is { } known)
            json.WriteString(name, Day(known));
        else
            json.WriteNull(name);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
