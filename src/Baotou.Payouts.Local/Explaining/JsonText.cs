using System.Text;
using System.Text.Json;
using Baotou.Payouts.Local.Commands;

namespace Baotou.Payouts.Local.Explaining;

/// <summary>What came of reading a JSON text.</summary>
internal abstract record JsonReading
{
    private JsonReading() { }

    /// <summary>It is one JSON value.</summary>
    public sealed record Read(JsonValue Root) : JsonReading;

    /// <summary>It is not, or it is one that could be read in two ways.</summary>
    public sealed record Refused(InputProblem Problem) : JsonReading;
}

/// <summary>
/// Reads JSON strictly: RFC 8259 in UTF-8, no comments, no trailing commas, no name twice, at most <see cref="Deepest"/> levels.
/// </summary>
internal ref struct JsonText
{
    /// <summary>Levels of objects and arrays that may stand in each other.</summary>
    public const int Deepest = 16;

    private readonly string _file;
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private InputProblem? _problem;
    private int _line;
    private long _counted;

    private JsonText(string file, ReadOnlySpan<byte> text)
    {
        _file = file;
        _text = text;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Deepest });
        _line = 1;
    }

    /// <summary>Reads a whole text.</summary>
    /// <param name="file">How a complaint calls it.</param>
    /// <param name="text">UTF-8, with or without a byte order mark.</param>
    public static JsonReading Read(string file, ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(Encoding.UTF8.Preamble))
            text = text[3..];
        if (text.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return Refused(new(file, "the file is empty", "put one JSON object into it"));
        if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Refused(new(file, "the file is UTF-16, not UTF-8", "save it as UTF-8"));
        return new JsonText(file, text).Read();
    }

    private JsonReading Read()
    {
        try
        {
            _reader.Read();
            var root = Value("$");
            if (root is null)
                return Refused(_problem!);
            while (_reader.Read()) { }

            return new JsonReading.Read(root);
        }
        catch (JsonException e)
        {
            var line = (e.LineNumber ?? 0) + 1;
            var tooDeep = _reader.CurrentDepth >= Deepest || e.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            return Refused(
                tooDeep
                    ? new(
                        $"{_file}, line {line}",
                        $"more than {Deepest} levels of objects and arrays stand in each other",
                        "see 'payouts explain --help' for the format"
                    )
                    : new(
                        $"{_file}, line {line}, byte {(e.BytePositionInLine ?? 0) + 1}",
                        "this is not JSON: " + FirstSentence(e.Message),
                        "correct it there"
                    )
            );
        }
    }

    private static JsonReading.Refused Refused(InputProblem problem) => new(problem);

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }

    private JsonValue? Value(string path)
    {
        var line = Line();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(path, line);
            case JsonTokenType.StartArray:
                return Array(path, line);
            case JsonTokenType.String:
                return Text(path, line) is { } text ? new JsonValue.String(path, line, text) : null;
            case JsonTokenType.Number:
                return new JsonValue.Number(path, line, Encoding.UTF8.GetString(_reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return new JsonValue.Flag(path, line, _reader.TokenType == JsonTokenType.True);
            default:
                return new JsonValue.Null(path, line);
        }
    }

    private JsonValue.Object? Object(string path, int line)
    {
        var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            if (Text(path, Line()) is not { } name)
                return null;
            var inner = $"{path}.{Shorten(name)}";
            if (members.ContainsKey(name))
                return Wrong<JsonValue.Object>(inner, Line(), "the name stands twice in one object", "keep one of the two");
            _reader.Read();
            if (Value(inner) is not { } value)
                return null;
            members.Add(name, value);
        }

        return new(path, line, members);
    }

    private JsonValue.Array? Array(string path, int line)
    {
        var items = new List<JsonValue>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (Value($"{path}[{items.Count}]") is not { } value)
                return null;
            items.Add(value);
        }

        return new(path, line, items);
    }

    private string? Text(string path, int line)
    {
        try
        {
            return _reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return Wrong<string>(path, line, "a text holds bytes or escapes that are no characters", "save the file as UTF-8");
        }
    }

    private T? Wrong<T>(string path, int line, string what, string remedy)
        where T : class
    {
        _problem ??= new($"{_file}, line {line}, {path}", what, remedy);
        return null;
    }

    private int Line()
    {
        var at = _reader.TokenStartIndex;
        _line += _text[(int)_counted..(int)at].Count((byte)'\n');
        _counted = at;
        return _line;
    }

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
