using System.Globalization;
using Baotou.Payouts.Catalogues.Entries;
using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Cases;

/// <summary>
/// Reads one file of cases. <c>given</c> names whole facts; a case says "like" one of them and writes only what differs, so that the two
/// sides of a threshold stand below each other.
/// </summary>
internal sealed class CasesFile(Catalogue catalogue, Problems problems)
{
    /// <summary>A fictitious code under a prefix that no registration office has.</summary>
    private const string Enterprise = "91999999MA00000154";

    private static readonly string[] Own = ["like", "kind", "on", "recorded", "period", "record"];

    private static readonly Dictionary<string, Outcome> Refusals = new()
    {
        ["not-entitled"] = Outcome.NotEntitled,
        ["superseded"] = Outcome.Superseded,
        ["facts-missing"] = Outcome.FactsMissing,
        ["expired"] = Outcome.Expired,
        ["not-automatic"] = Outcome.NotAutomatic,
    };

    private readonly FactReader _reader = new(catalogue.Facts);
    private readonly Dictionary<string, Dictionary<string, string>> _given = new(StringComparer.Ordinal);

    internal IReadOnlyList<PolicyCase> Read(YamlValue.Mapping root, string path)
    {
        var file = new Section(root, path, "", problems);
        var asOf = file.Day("as-of");
        foreach (var (name, section) in file.Named("given"))
            _given[name] = Texts(section);
        var cases = new List<PolicyCase>();
        foreach (var section in file.Children("cases"))
        {
            if (ReadCase(section, path, asOf) is { } one)
                cases.Add(one);
        }

        file.Close();
        return cases;
    }

    private PolicyCase? ReadCase(Section unnamed, string path, DateOnly? fileAsOf)
    {
        var policy = unnamed.Text("policy");
        var section = unnamed.For(policy ?? "");
        section.Text("policy");
        if (policy is not null && catalogue.VersionsOf(policy).Count == 0)
            section.Wrong("policy", $"there is no entry '{policy}'", "write the id of an entry");
        var says = section.Text("says");
        var asOf = section.Has("as-of") ? section.Day("as-of") : fileAsOf;
        var facts = new List<Fact>();
        foreach (var child in section.Children("facts"))
        {
            if (ReadFact(child, facts.Count + 1) is { } fact)
                facts.Add(fact);
        }

        var expected = Expected(section);
        section.Text("arithmetic", required: false);
        section.Close();
        return policy is null || says is null || asOf is null || expected is null
            ? null
            : new(path, section.Line, policy, says, asOf.Value, facts, expected);
    }

    private Fact? ReadFact(Section section, int number)
    {
        var texts = Texts(section);
        var known = problems.Count;
        if (texts.TryGetValue("like", out var like))
        {
            if (!_given.TryGetValue(like, out var given))
            {
                section.Wrong("like", $"nothing is given as '{like}'", "write one of " + string.Join(", ", _given.Keys));
                return null;
            }

            foreach (var (key, value) in given)
                texts.TryAdd(key, value);
        }

        var on = texts.GetValueOrDefault("on");
        var kind = catalogue.Facts.Find(texts.GetValueOrDefault("kind") ?? "");
        var record = new DeliveredRecord(
            Enterprise,
            texts.GetValueOrDefault("kind"),
            texts.GetValueOrDefault("period"),
            on,
            $"{texts.GetValueOrDefault("recorded") ?? on}T12:00:00+08:00",
            texts.GetValueOrDefault("record") ?? $"R{number.ToString(CultureInfo.InvariantCulture)}",
            kind?.Agency ?? "",
            null,
            false,
            texts.Where(t => !Own.Contains(t.Key)).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal)
        );
        switch (_reader.Read(record))
        {
            case FactReading.Accepted accepted:
                return accepted.Fact;
            case FactReading.Refused refused when problems.Count == known:
                problems.Add(
                    section.File,
                    section.Line,
                    section.Entry,
                    $"this is no fact: {refused.Reason}",
                    "write it as facts.yaml describes it; values carry no unit here"
                );
                return null;
            default:
                return null;
        }
    }

    private static Expectation? Expected(Section section)
    {
        if (section.Has("refused") == section.Has("pays"))
        {
            section.Wrong("policy", "a case either pays or is refused", "write 'pays: 5000 yuan' or 'refused: not-entitled'");
            return null;
        }

        if (section.Has("refused"))
            return section.Choice("refused", Refusals) is { } outcome ? new Expectation.Refused(outcome) : null;
        Fen? county = section.Has("county") ? AwardReader.Money(section, "county") : Fen.Zero;
        return AwardReader.Money(section, "pays") is { } amount && county is { } part ? new Expectation.Pays(amount, part) : null;
    }

    private static Dictionary<string, string> Texts(Section section)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in section.Keys)
        {
            if (section.Text(key) is { } text)
                texts[key] = text;
        }

        return texts;
    }
}
