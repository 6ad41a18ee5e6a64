using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Tampering;

/// <summary>
/// Everything that a hand can do to one row: each stored property changed, taken away or added, and each column of another type.
/// </summary>
internal static partial class Hand
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[][] Words =
    [
        Enum.GetNames<PayoutState>(),
        Enum.GetNames<EntitlementState>(),
        Enum.GetNames<ApprovalState>(),
        Enum.GetNames<EntryKind>(),
        Enum.GetNames<FieldType>(),
        ["open", "appropriate", "cut", "close"],
        ["automatic", "shadow", "still-in-force"],
    ];

    /// <summary>The changed columns with what was done to which property.</summary>
    public static IEnumerable<(string Property, string What, RowColumns Columns)> Changes(StoredRow row)
    {
        foreach (var (name, value) in row.Columns.Where(c => c.Key != RowSeal.Column))
        {
            foreach (var (what, changed) in name == "body" ? [] : Changed(value))
                yield return (name, what, With(row, name, changed));
            yield return (name, "of another type", With(row, name, value is string ? 1L : "1"));
            yield return (name, "taken away", With(row, name, null));
        }

        yield return ("", "a column added", With(row, "extra", "x"));
        if (!row.Columns.TryGetValue("body", out var body) || body is not string text)
            yield break;
        yield return ("body", "cut off", With(row, "body", text[..(text.Length / 2)]));
        yield return ("body", "empty", With(row, "body", ""));
        yield return ("body", "null", With(row, "body", "null"));
        yield return ("body", "continued", With(row, "body1", "x"));
        yield return ("body", "with a space", With(row, "body", text.Insert(1, " ")));
        foreach (var (path, what, changed) in InJson(text))
            yield return (path, what, With(row, "body", changed));
    }

    private static IEnumerable<(string Path, string What, string Text)> InJson(string text)
    {
        foreach (var path in Paths(JsonNode.Parse(text)!, []).ToList())
        {
            foreach (var (what, change) in Edits(Find(JsonNode.Parse(text)!, path)!))
            {
                var root = JsonNode.Parse(text)!;
                yield return (Name(path), what, change(root, path).ToJsonString(Plain));
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] at)
    {
        yield return at;
        if (node is JsonObject o)
        {
            foreach (var (name, value) in o.Where(p => p.Value is not null).ToList())
            {
                foreach (var path in Paths(value!, [.. at, name]))
                    yield return path;
            }
        }
        else if (node is JsonArray { Count: > 0 } a)
        {
            foreach (var index in new[] { 0, a.Count - 1 }.Distinct())
            {
                foreach (var path in Paths(a[index]!, [.. at, index]))
                    yield return path;
            }
        }
    }

    private static IEnumerable<(string What, Func<JsonNode, object[], JsonNode> Change)> Edits(JsonNode node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var name in o.Select(p => p.Key).ToList())
                    yield return ($"without {name}", (root, path) => Edit(root, path, n => n.AsObject().Remove(name)));
                yield return ("with one more", (root, path) => Edit(root, path, n => n.AsObject()["extra"] = 1));
                break;
            case JsonArray a:
                yield return (
                    "with one more",
                    (root, path) =>
                        Edit(root, path, n => n.AsArray().Add(n.AsArray().Count > 0 ? n.AsArray()[0]!.DeepClone() : JsonValue.Create("x")))
                );
                if (a.Count > 0)
                    yield return ("with one less", (root, path) => Edit(root, path, n => n.AsArray().RemoveAt(0)));
                break;
            case JsonValue v when v.GetValueKind() is JsonValueKind.Number:
                foreach (var (what, number) in Changed(v.GetValue<long>()))
                    yield return (what, (root, path) => Put(root, path, JsonValue.Create((long)number)));
                break;
            case JsonValue v when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                yield return ("turned", (root, path) => Put(root, path, JsonValue.Create(!v.GetValue<bool>())));
                break;
            case JsonValue v:
                foreach (var (what, changed) in Changed(v.GetValue<string>()))
                    yield return (what, (root, path) => Put(root, path, JsonValue.Create((string)changed)));
                break;
        }
    }

    private static IEnumerable<(string What, object Value)> Changed(object value)
    {
        switch (value)
        {
            case long number:
                yield return ("one more", number + 1);
                yield return ("one less", number - 1);
                break;
            case bool flag:
                yield return ("turned", !flag);
                break;
            case byte[] bytes:
                yield return ("one bit", bytes.Select((b, i) => i == 0 ? (byte)(b ^ 1) : b).ToArray());
                break;
            case string text:
                yield return ("longer", text + "x");
                if (text.Length > 0)
                    yield return ("empty", "");
                if (Alike(text) is { } alike)
                    yield return ("another", alike);
                break;
        }
    }

    /// <summary>Another text of the same form: another moment, day, code, word, hash or number.</summary>
    private static string? Alike(string text)
    {
        if (Words.FirstOrDefault(w => w.Contains(text)) is { } words)
            return words[(Array.IndexOf(words, text) + 1) % words.Length];
        if (Moment().IsMatch(text))
            return text[..14] + (text[14] == '0' ? '1' : '0') + text[15..];
        if (Day().IsMatch(text))
            return text[..9] + (text[9] == '1' ? '2' : '1');
        if (text.Length == 18 && text.StartsWith("9199", StringComparison.Ordinal))
            return TinyCity.Code(text == TinyCity.Code(2).Value ? 3 : 2).Value;
        var last = text.Length - 1;
        while (last >= 0 && !char.IsAsciiDigit(text[last]))
            last--;
        return last < 0 ? null : text[..last] + (text[last] == '1' ? '2' : '1') + text[(last + 1)..];
    }

    private static JsonNode Edit(JsonNode root, object[] path, Action<JsonNode> edit)
    {
        edit(Find(root, path)!);
        return root;
    }

    private static JsonNode Put(JsonNode root, object[] path, JsonNode value)
    {
        if (path.Length == 0)
            return value;
        var parent = Find(root, path[..^1])!;
        if (path[^1] is string name)
            parent.AsObject()[name] = value;
        else
            parent.AsArray()[(int)path[^1]] = value;
        return root;
    }

    private static JsonNode? Find(JsonNode root, object[] path) =>
        path.Aggregate((JsonNode?)root, (n, p) => p is string name ? n![name] : n![(int)p]);

    private static string Name(object[] path) => string.Join('.', path.Select(p => p is string name ? name : "[]"));

    private static RowColumns With(StoredRow row, string name, object? value)
    {
        var columns = new RowColumns();
        foreach (var (n, v) in row.Columns.Where(c => c.Key != name))
            columns[n] = v;
        if (value is not null)
            columns[name] = value;
        return columns;
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T.*Z$")]
    private static partial Regex Moment();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    private static partial Regex Day();
}
