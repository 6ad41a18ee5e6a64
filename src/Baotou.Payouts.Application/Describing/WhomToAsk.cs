using System.Text.Json;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Describing;

/// <summary>
/// Where to turn with a decision that pays nothing for want of a fact, or by one: the agencies that deliver those facts and the bureau
/// whose entry it is. A fact that is delivered or corrected is worked out anew without anybody asking.
/// </summary>
/// <param name="Bureau">The bureau whose entry it is.</param>
/// <param name="Agencies">Who would deliver what is missing, or delivered what does not hold; each once, in the order of the
/// conditions.</param>
/// <param name="How">What to do, in words.</param>
public sealed record WhomToAsk(string Bureau, IReadOnlyList<string> Agencies, Bilingual How)
{
    /// <summary>
    /// Where to turn with a decision; null where there is nothing to ask: it pays, another one counts instead, or nobody can change it.
    /// </summary>
    public static WhomToAsk? Of(Catalogue catalogue, Policy entry, Decision decision)
    {
        bool? asked = decision.Outcome == Outcome.FactsMissing ? null : false;
        if (decision.Outcome is not (Outcome.FactsMissing or Outcome.NotEntitled))
            return null;
        var agencies = decision
            .Steps.Where(s => s.Holds == asked && s.Source.Length > 0)
            .Select(s => s.Source)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var titles = agencies.ConvertAll(catalogue.Facts.AgencyTitle);
        var (zh, en, bureau) = (
            string.Join("、", titles.Select(t => t.Zh)),
            string.Join(", ", titles.Select(t => t.En)),
            catalogue.BureauTitle(entry.Bureau)
        );
        var how = (decision.Outcome, agencies.Count) switch
        {
            (Outcome.FactsMissing, > 0) => new Bilingual(
                $"所缺数据由{zh}提供，收到后自动重新认定；对认定有异议的，向{bureau.Zh}提出",
                $"what is missing is delivered by {en} and decided anew once it is there; object to {bureau.En}"
            ),
            (_, > 0) => new Bilingual(
                $"数据有误的，请{zh}更正，更正后自动重新认定；对认定有异议的，向{bureau.Zh}提出",
                $"have wrong data corrected by {en}, it is decided anew once it is there; object to {bureau.En}"
            ),
            _ => new Bilingual($"对认定有异议的，向{bureau.Zh}提出", $"object to {bureau.En}"),
        };
        return new WhomToAsk(entry.Bureau, agencies, how);
    }

    /// <summary>Writes it as the property <c>ask</c> into the object that is open.</summary>
    public void Write(Utf8JsonWriter json, Catalogue catalogue)
    {
        json.WriteStartObject("ask");
        Write(json, "bureau", Bureau, catalogue.BureauTitle(Bureau));
        json.WriteStartArray("agencies");
        foreach (var agency in Agencies)
        {
            json.WriteStartObject();
            Write(json, "source", agency, catalogue.Facts.AgencyTitle(agency));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("howZh", How.Zh);
        json.WriteString("howEn", How.En);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string id, Bilingual title)
    {
        json.WriteString(name, id);
        json.WriteString("titleZh", title.Zh);
        json.WriteString("titleEn", title.En);
    }
}
