using System.Text.RegularExpressions;
using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Catalogues;

/// <summary>Reads <c>facts.yaml</c> and <c>facts/*.yaml</c>: which agencies hold what.</summary>
internal static partial class FactsFile
{
    private static readonly Dictionary<string, FieldType> Types = new()
    {
        ["money"] = FieldType.Money,
        ["count"] = FieldType.Count,
        ["quantity"] = FieldType.Quantity,
        ["rate"] = FieldType.Rate,
        ["flag"] = FieldType.Flag,
        ["date"] = FieldType.Date,
        ["code"] = FieldType.Code,
        ["text"] = FieldType.Text,
    };

    private static readonly Dictionary<string, PeriodKind> Periods = new()
    {
        ["state"] = PeriodKind.State,
        ["record"] = PeriodKind.Record,
        ["year"] = PeriodKind.Year,
        ["month"] = PeriodKind.Month,
    };

    private static readonly Dictionary<string, Held> Holdings = new()
    {
        ["yes"] = Held.Yes,
        ["partly"] = Held.Partly,
        ["no"] = Held.No,
    };

    private static readonly Dictionary<string, bool> Walks = new() { ["cursor"] = true, ["snapshot"] = false };

    /// <summary>The dictionary with its agencies; what could not be read is left out and noted.</summary>
    internal static FactDictionary Read(IReadOnlyList<(YamlValue.Mapping Root, string Path)> roots, Problems problems)
    {
        var files = roots.Select(r => new Section(r.Root, r.Path, "", problems)).ToArray();
        var agencies = new Dictionary<string, Bilingual>(StringComparer.Ordinal);
        foreach (var (id, agency) in files.SelectMany(f => f.Named("agencies", required: f == files[0])))
        {
            if (!agencies.TryAdd(id, agency.Title() ?? new Bilingual(id, id)))
                agency.Wrong("zh", $"the agency '{id}' is described twice", "describe each agency once");
            agency.Choice("walk", Walks);
            agency.Close();
        }

        var kinds = new Dictionary<string, FactKind>(StringComparer.Ordinal);
        var ordered = new List<FactKind>();
        foreach (var section in files.SelectMany(f => f.Children("kinds")))
        {
            if (ReadKind(section, agencies) is not { } kind)
                continue;
            if (kinds.TryAdd(kind.Id, kind))
                ordered.Add(kind);
            else
                section.Wrong("id", $"the kind '{kind.Id}' is described twice", "give each kind its own id");
        }

        var inBusiness = files.Select(f => ReadInBusiness(f, kinds)).ToList().FirstOrDefault(r => r is not null);
        foreach (var file in files)
            file.Close();
        return new FactDictionary(ordered) { Agencies = agencies, InBusiness = inBusiness };
    }

    private static InBusiness? ReadInBusiness(Section file, Dictionary<string, FactKind> kinds)
    {
        if (file.Child("in-business", required: false) is not { } section)
            return null;
        var (kind, field, codes) = (section.Text("kind"), section.Text("field"), section.Texts("codes"));
        section.Close();
        if (kind is null || field is null)
            return null;
        if (
            kinds.GetValueOrDefault(kind) is not { Period: PeriodKind.State } known
            || known.Field(field) is not { Type: FieldType.Code } read
        )
        {
            section.Wrong(
                "field",
                $"'{kind}.{field}' is no code of a state",
                "name a kind with 'period: state' and a field of it with 'type: code'"
            );
            return null;
        }

        foreach (var code in codes.Where(c => read.Codes.All(k => k.Code != c)))
            section.Wrong(
                "codes",
                $"'{code}' is no code of {kind}.{field}",
                "write one of " + string.Join(", ", read.Codes.Select(c => c.Code))
            );
        return new InBusiness(kind, field, codes);
    }

    private static FactKind? ReadKind(Section unnamed, Dictionary<string, Bilingual> agencies)
    {
        var id = unnamed.Text("id");
        var section = unnamed.For(id ?? "");
        section.Text("id");
        Named(section, "id", id);
        var title = section.Title();
        var records = section.Bilingual("records", required: false);
        var agency = section.Text("agency");
        if (agency is not null && !agencies.ContainsKey(agency))
            section.Wrong("agency", $"there is no agency '{agency}'", "write one of " + string.Join(", ", agencies.Keys));
        var period = section.Choice("period", Periods);
        var held = section.Choice("held", Holdings);
        var fields = new List<FactField>();
        foreach (var child in section.Children("fields"))
        {
            if (ReadField(child) is not { } field)
                continue;
            if (fields.Any(f => f.Name == field.Name))
                child.Wrong("name", $"the field '{field.Name}' is described twice", "give each field its own name");
            else
                fields.Add(field);
        }

        section.Close();
        return id is null || title is null || agency is null || period is null || held is null
            ? null
            : new(id, title, agency, period.Value, held.Value, fields) { Records = records };
    }

    private static FactField? ReadField(Section section)
    {
        var name = section.Text("name");
        Named(section, "name", name);
        var title = section.Title();
        var type = section.Choice("type", Types);
        var required = section.Flag("required", required: false) ?? false;
        var unit = section.Text("unit", required: false) ?? "";
        var codes = new List<FieldCode>();
        foreach (var (code, child) in section.Named("codes", required: type is FieldType.Code))
        {
            if (child.Title() is { } codeTitle)
                codes.Add(new(code, codeTitle));
            child.Close();
        }

        if (type is FieldType.Money && unit != "yuan")
            section.Wrong("unit", "money is not in yuan", "write 'unit: yuan'");
        if (type is FieldType.Rate && unit != "%")
            section.Wrong("unit", "a rate is not in per cent", "write 'unit: \"%\"'");
        if (type is FieldType.Count or FieldType.Quantity && unit.Length == 0)
            section.Wrong("unit", "a number has no unit", "write what is counted or measured, as 'unit: person'");
        if (type is FieldType.Flag or FieldType.Date or FieldType.Code or FieldType.Text && unit.Length > 0)
            section.Wrong("unit", "this type has no unit", "remove 'unit'");
        if (type is not null and not FieldType.Code && codes.Count > 0)
            section.Wrong("codes", "only a code has a list of codes", "remove 'codes' or write 'type: code'");
        section.Close();
        return name is null || title is null || type is null ? null : new(name, type.Value, unit, title, codes, required);
    }

    private static void Named(Section section, string key, string? name)
    {
        if (name is not null && !WordsAndHyphens().IsMatch(name))
            section.Wrong(key, $"'{name}' is not a name", "write lower-case words joined by hyphens, as 'size-class'");
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex WordsAndHyphens();
}
