namespace Baotou.Payouts.Local.Explaining;

/// <summary>A JSON value that knows where it stands, so that a complaint can say so.</summary>
/// <param name="Path">As "$.facts[0].values.amount".</param>
/// <param name="Line">From 1.</param>
internal abstract record JsonValue(string Path, int Line)
{
    /// <summary>An object; no name occurs twice.</summary>
    public sealed record Object(string Path, int Line, IReadOnlyDictionary<string, JsonValue> Members) : JsonValue(Path, Line);

    /// <summary>An array.</summary>
    public sealed record Array(string Path, int Line, IReadOnlyList<JsonValue> Items) : JsonValue(Path, Line);

    /// <summary>A text.</summary>
    public sealed record String(string Path, int Line, string Text) : JsonValue(Path, Line);

    /// <summary>A number as it is written, digit for digit: it never passes through floating point.</summary>
    public sealed record Number(string Path, int Line, string Written) : JsonValue(Path, Line);

    /// <summary>True or false.</summary>
    public sealed record Flag(string Path, int Line, bool Value) : JsonValue(Path, Line);

    /// <summary>Null.</summary>
    public sealed record Null(string Path, int Line) : JsonValue(Path, Line);

    /// <summary>What people call it: "an object", "a text".</summary>
    public string Name =>
        this switch
        {
            Object => "an object",
            Array => "an array",
            String => "a text",
            Number => "a number",
            Flag => "true or false",
            Null => "null",
            _ => throw new InvalidOperationException("Unknown JSON value."),
        };
}
