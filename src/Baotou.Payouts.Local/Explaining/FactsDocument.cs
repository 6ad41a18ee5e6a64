using System.Collections.Immutable;
using System.Globalization;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Time;
using Baotou.Payouts.Local.Commands;

namespace Baotou.Payouts.Local.Explaining;

/// <summary>What came of reading the facts of one enterprise.</summary>
internal abstract record FactsReading
{
    private FactsReading() { }

    /// <summary>All of it is understood.</summary>
    /// <param name="Uscc">The enterprise's code.</param>
    /// <param name="Facts">Its facts, those said about the enterprise itself first.</param>
    public sealed record Read(Uscc Uscc, IReadOnlyList<Fact> Facts) : FactsReading;

    /// <summary>Something is not; nothing of it is used.</summary>
    public sealed record Refused(InputProblem Problem) : FactsReading;
}

/// <summary>
/// Reads
/// <c>{"enterprise":{"uscc","name","size",…},"facts":[{"kind","period","effectiveOn","recordedAt","recordId","source","values":{…}}]}</c>.
/// What is said about the enterprise itself are fields of the dictionary's states; they hold from <see cref="Beginning"/> on, until a fact
/// says otherwise. The first thing that is wrong is told; nothing is guessed or left out.
/// </summary>
internal sealed class FactsDocument
{
    /// <summary>The first day that counts; the reader of facts refuses older ones.</summary>
    public static readonly DateOnly Beginning = new(1900, 1, 1);

    /// <summary>How many facts one file may hold.</summary>
    public const int MostFacts = 10_000;

    private const string SeeFormat = "see 'payouts explain --help' for the format";
    private static readonly string[] RootNames = ["enterprise", "facts"];
    private static readonly string[] FactNames =
    [
        "kind",
        "period",
        "effectiveOn",
        "recordedAt",
        "recordId",
        "source",
        "batch",
        "withdrawn",
        "values",
    ];

    private readonly FactDictionary _dictionary;
    private readonly FactReader _reader;
    private readonly string _file;
    private readonly Dictionary<(string Source, string RecordId), string> _kinds = [];
    private readonly Dictionary<(string Source, string RecordId, DateTimeOffset RecordedAt), Fact> _versions = [];
    private InputProblem? _problem;

    private FactsDocument(string file, FactDictionary dictionary)
    {
        _file = file;
        _dictionary = dictionary;
        _reader = new FactReader(dictionary);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="file">How a complaint calls it.</param>
    /// <param name="root">The document.</param>
    /// <param name="dictionary">The kinds of facts it may speak of.</param>
    public static FactsReading Read(string file, JsonValue root, FactDictionary dictionary)
    {
        var document = new FactsDocument(file, dictionary);
        return document.Read(root) ?? new FactsReading.Refused(document._problem!);
    }

    private FactsReading? Read(JsonValue root)
    {
        if (Object(root, "an object with 'enterprise' and 'facts'", RootNames) is not { } members)
            return null;
        if (Member(members, "enterprise") is not { } enterprise || Member(members, "facts") is not { } facts)
            return null;
        if (enterprise is not JsonValue.Object { } about)
            return Wrong<FactsReading>(enterprise, $"an object is expected, this is {enterprise.Name}", SeeFormat);
        if (Code(about) is not { } uscc || States(about, uscc) is not { } states)
            return null;
        if (facts is not JsonValue.Array { } list)
            return Wrong<FactsReading>(facts, $"an array is expected, this is {facts.Name}", SeeFormat);
        if (list.Items.Count > MostFacts)
            return Wrong<FactsReading>(
                list,
                $"there are {list.Items.Count} facts, at most {MostFacts} are read",
                "leave out those that no entry reads"
            );
        var all = new List<Fact>(states);
        foreach (var item in list.Items)
        {
            if (One(item, uscc) is not { } fact || TakesThePlaceOfAnother(fact, item))
                return null;
            all.Add(fact);
        }

        return new FactsReading.Read(uscc, all);
    }

    private Uscc? Code(JsonValue.Object about)
    {
        if (Member(about, "uscc") is not { } value || Text(value) is not { } text)
            return null;
        if (Uscc.TryParse(text, out var uscc, out var problem))
            return uscc;
        Wrong<string>(value, problem, "write the unified social credit code as it is registered");
        return null;
    }

    private List<Fact>? States(JsonValue.Object about, Uscc uscc)
    {
        var values = new SortedDictionary<string, ImmutableSortedDictionary<string, FactValue>.Builder>(StringComparer.Ordinal);
        foreach (var (name, value) in about.Members.Where(m => m.Key != "uscc"))
        {
            var fields = StateFields().Where(f => f.Field.Name == name || $"{f.Kind.Id}.{f.Field.Name}" == name).ToList();
            if (fields.Count == 0)
            {
                var known = StateFields().Select(f => f.Field.Name).ToList();
                return Wrong<List<Fact>>(
                    value,
                    $"nothing is known of '{Shorten(name)}' of an enterprise{Nearest.Hint(name, known)}",
                    "write 'uscc' or one of " + string.Join(", ", known)
                );
            }

            if (fields.Count > 1)
                return Wrong<List<Fact>>(
                    value,
                    $"'{name}' may be any of {string.Join(", ", fields.Select(f => $"{f.Kind.Id}.{name}"))}",
                    "write it with its kind"
                );
            var (kind, field) = fields[0];
            if (Value(field, value) is not { } read)
                return null;
            if (!values.TryGetValue(kind.Id, out var builder))
                values[kind.Id] = builder = ImmutableSortedDictionary.CreateBuilder<string, FactValue>(StringComparer.Ordinal);
            builder[field.Name] = read;
        }

        return
        [
            .. values.Select(v => new Fact
            {
                Uscc = uscc,
                Kind = v.Key,
                EffectiveOn = Beginning,
                RecordedAt = ChinaTime.StartOf(Beginning),
                RecordId = v.Key,
                Source = "enterprise",
                Values = v.Value.ToImmutable(),
            }),
        ];
    }

    private IEnumerable<(FactKind Kind, FactField Field)> StateFields() =>
        _dictionary.Kinds.Where(k => k.Period == PeriodKind.State).SelectMany(k => k.Fields.Select(f => (k, f)));

    private Fact? One(JsonValue item, Uscc uscc)
    {
        if (Object(item, "an object for one fact", FactNames) is not { } members)
            return null;
        if (Member(members, "kind") is not { } kindValue || Text(kindValue) is not { } id)
            return null;
        if (_dictionary.Find(id) is not { } kind)
        {
            var hint = Nearest.Hint(id, _dictionary.Kinds.Select(k => k.Id));
            return Wrong<Fact>(kindValue, $"there is no kind of fact '{Shorten(id)}'{hint}", "'payouts catalogue facts' lists the kinds");
        }

        if (Required(members, "effectiveOn") is not { } effectiveOn || Required(members, "recordedAt") is not { } recordedAt)
            return null;
        if (Required(members, "recordId") is not { } recordId || Required(members, "source") is not { } source)
            return null;
        if (
            !Optional(members, "period", out var period)
            || !Optional(members, "batch", out var batch)
            || !Withdrawn(members, out var withdrawn)
        )
            return null;
        if (Member(members, "values") is not { } given || Values(given, kind) is not { } values)
            return null;
        if (source.Length is 0 or > 100)
            return Wrong<Fact>(members.Members["source"], "the source expects 1 to 100 characters", "name the dataset the fact came from");
        var record = new DeliveredRecord(uscc.Value, id, period, effectiveOn, recordedAt, recordId, source, batch, withdrawn, values);
        switch (_reader.Read(record))
        {
            case FactReading.Accepted accepted:
                return accepted.Fact;
            case FactReading.Refused refused:
                return Wrong<Fact>(Culprit(members, refused.Code), refused.Reason, Remedy(refused.Code, kind));
            default:
                throw new InvalidOperationException("Unknown reading.");
        }
    }

    /// <summary>
    /// A number stands for one record of its source, of which the version recorded last counts: one of another kind, or another one of the
    /// same moment, would make the earlier one vanish. The same record told again is no harm.
    /// </summary>
    private bool TakesThePlaceOfAnother(Fact fact, JsonValue item)
    {
        var (kind, version) = (
            _kinds.GetValueOrDefault((fact.Source, fact.RecordId), fact.Kind),
            _versions.GetValueOrDefault((fact.Source, fact.RecordId, fact.RecordedAt), fact)
        );
        _kinds.TryAdd((fact.Source, fact.RecordId), fact.Kind);
        _versions.TryAdd((fact.Source, fact.RecordId, fact.RecordedAt), fact);
        var record = $"record '{Shorten(fact.RecordId)}' of source '{Shorten(fact.Source)}'";
        var told =
            kind != fact.Kind ? $"{record} is a '{kind}' above"
            : version.Hash != fact.Hash ? $"{record} stands above with other contents, recorded at the same moment"
            : null;
        return told is not null
            && Wrong<string>(
                ((JsonValue.Object)item).Members["recordId"],
                told,
                "give each record a number of its own; a correction keeps the number and is recorded later"
            )
                is null;
    }

    private Dictionary<string, string>? Values(JsonValue given, FactKind kind)
    {
        if (given is not JsonValue.Object { } members)
            return Wrong<Dictionary<string, string>>(given, $"an object is expected, this is {given.Name}", SeeFormat);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in members.Members)
        {
            if (kind.Field(name) is not { } field)
            {
                var hint = Nearest.Hint(name, kind.Fields.Select(f => f.Name));
                return Wrong<Dictionary<string, string>>(
                    value,
                    $"kind '{kind.Id}' has no field '{Shorten(name)}'{hint}",
                    "it has " + string.Join(", ", kind.Fields.Select(f => f.Name))
                );
            }

            if (Value(field, value) is null)
                return null;
            values[name] = Delivered(value);
        }

        return values;
    }

    /// <summary>The value of a field. Numbers may be written as numbers or as texts, both in plain digits.</summary>
    private FactValue? Value(FactField field, JsonValue value)
    {
        var fits = field.Type switch
        {
            FieldType.Flag => value is JsonValue.Flag,
            FieldType.Code or FieldType.Text or FieldType.Date => value is JsonValue.String,
            _ => value is JsonValue.Number or JsonValue.String,
        };
        if (!fits)
        {
            Wrong<string>(
                value,
                $"field '{field.Name}' expects {Expected(field)}, this is {value.Name}",
                value is JsonValue.Null ? "leave the field out if it is not known" : "correct the value"
            );
            return null;
        }

        if (value is JsonValue.Number { Written: var written } && written.AsSpan().IndexOfAny('e', 'E') >= 0)
        {
            Wrong<string>(value, $"field '{field.Name}' has an exponent, '{Shorten(written)}'", "write all digits");
            return null;
        }

        if (FactValue.TryRead(field, Delivered(value), out var read, out var problem))
            return read;
        Wrong<string>(value, problem, field.Type == FieldType.Money ? "write yuan, as \"1234.50\"" : "correct the value");
        return null;
    }

    private static string Delivered(JsonValue value) =>
        value switch
        {
            JsonValue.String s => s.Text,
            JsonValue.Number n => n.Written,
            JsonValue.Flag f => f.Value ? "true" : "false",
            _ => throw new InvalidOperationException($"{value.Path} holds {value.Name}."),
        };

    private static string Expected(FactField field) =>
        field.Type switch
        {
            FieldType.Money => "yuan, as a number or a text",
            FieldType.Flag => "true or false, without quotation marks",
            FieldType.Date => "a day as a text, as \"2023-05-31\"",
            FieldType.Code => "one of " + string.Join(", ", field.Codes.Select(c => c.Code)) + ", as a text",
            FieldType.Text => "a text",
            _ => "a number",
        };

    private static JsonValue Culprit(JsonValue.Object fact, string code)
    {
        var name = code switch
        {
            "period" => "period",
            "day" => "effectiveOn",
            "moment" => "recordedAt",
            "record-number" => "recordId",
            "field-missing" => "values",
            _ => "kind",
        };
        return fact.Members.GetValueOrDefault(name) ?? fact;
    }

    private static string Remedy(string code, FactKind kind) =>
        code switch
        {
            "period" => kind.Period is PeriodKind.State or PeriodKind.Record ? "leave 'period' out" : "write the period the figure is for",
            "field-missing" => "add it; this kind needs " + string.Join(", ", kind.Fields.Where(f => f.Required).Select(f => f.Name)),
            _ => "correct it",
        };

    private JsonValue.Object? Object(JsonValue value, string expected, string[] names)
    {
        if (value is not JsonValue.Object { } members)
            return Wrong<JsonValue.Object>(value, $"{expected} is expected, this is {value.Name}", SeeFormat);
        foreach (var (name, member) in members.Members)
        {
            if (!names.Contains(name))
                return Wrong<JsonValue.Object>(
                    member,
                    $"'{Shorten(name)}' is not known here{Nearest.Hint(name, names)}",
                    "remove it, or write one of " + string.Join(", ", names)
                );
        }

        return members;
    }

    private JsonValue? Member(JsonValue.Object parent, string name) =>
        parent.Members.GetValueOrDefault(name) ?? Wrong<JsonValue>(parent, $"'{name}' is missing", $"add \"{name}\"");

    private string? Required(JsonValue.Object parent, string name) => Member(parent, name) is { } value ? Text(value) : null;

    private bool Optional(JsonValue.Object parent, string name, out string? text)
    {
        text = null;
        return !parent.Members.TryGetValue(name, out var value) || (text = Text(value)) is not null;
    }

    private bool Withdrawn(JsonValue.Object fact, out bool withdrawn)
    {
        withdrawn = fact.Members.GetValueOrDefault("withdrawn") is JsonValue.Flag { Value: true };
        return fact.Members.GetValueOrDefault("withdrawn") is not { } value
            || value is JsonValue.Flag
            || Wrong<string>(value, $"true or false is expected, this is {value.Name}", "correct the value") is not null;
    }

    private string? Text(JsonValue value) =>
        value switch
        {
            JsonValue.String s => s.Text,
            _ => Wrong<string>(
                value,
                $"a text is expected, this is {value.Name}",
                value is JsonValue.Number { Written: var n } ? $"write it in quotation marks, \"{Shorten(n)}\"" : "correct the value"
            ),
        };

    private T? Wrong<T>(JsonValue at, string what, string remedy)
        where T : class
    {
        _problem ??= new($"{_file}, line {at.Line.ToString(CultureInfo.InvariantCulture)}, {at.Path}", what, remedy);
        return null;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
