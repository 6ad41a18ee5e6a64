using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.AzureStorage.Verifying;

/// <summary>A kind of row: where it stands, which columns it has and under which key its content belongs.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Table">Its table.</param>
/// <param name="Partition">The form of its partition.</param>
/// <param name="Row">The form of its key.</param>
/// <param name="Columns">Its columns with their types, besides body and seal.</param>
/// <param name="HasBody">Whether it has a value in its body.</param>
/// <param name="Problem">What is wrong with its content or key; null if nothing.</param>
internal sealed record RowKind(
    string Name,
    string Table,
    Regex Partition,
    Regex Row,
    IReadOnlyDictionary<string, Type> Columns,
    bool HasBody,
    Func<string, StoredRow, string?> Problem
)
{
    /// <summary>Forms are few and the same in every store; working one out takes longer than verifying a small store.</summary>
    private static readonly ConcurrentDictionary<string, Regex> Forms = new(StringComparer.Ordinal);

    /// <summary>A column that a row may lack; null if there is none.</summary>
    public string? Optional { get; private init; }

    /// <summary>A kind with a value in its body, which says under which keys it belongs.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="table">Its table.</param>
    /// <param name="partition">The form of its partition, a regular expression.</param>
    /// <param name="row">The form of its key, a regular expression.</param>
    /// <param name="place">Partition and row of a value; null where anything of that form is right.</param>
    /// <param name="columns">Its other columns.</param>
    /// <param name="also">What else can be wrong with it.</param>
    /// <param name="writtenNow">Whether this program writes it in the same form; not so of what an older one wrote and a newer one may say
    /// more of.</param>
    public static RowKind Of<T>(
        string name,
        string table,
        string partition,
        string row,
        Func<T, (string? Partition, string? Row)> place,
        (string, Type)[]? columns = null,
        Func<T, string, StoredRow, string?>? also = null,
        bool writtenNow = true
    ) =>
        new(
            name,
            table,
            Form(partition),
            Form(row),
            Types(columns),
            true,
            (at, stored) =>
                Read<T>(stored, writtenNow, out var value) ?? Misplaced(place(value!), at, stored) ?? also?.Invoke(value!, at, stored)
        );

    /// <summary>The same kind with a text column that a row may have or lack, of a form of its own.</summary>
    /// <param name="column">The column.</param>
    /// <param name="form">Its form, a regular expression.</param>
    public RowKind MayHave(string column, string form) =>
        this with
        {
            Optional = column,
            Problem = (at, stored) =>
                stored.Columns.TryGetValue(column, out var value) && !(value is string text && Form(form).IsMatch(text))
                    ? $"column '{column}' is no {form}"
                    : Problem(at, stored),
        };

    /// <summary>A kind that has columns only.</summary>
    public static RowKind Plain(
        string name,
        string table,
        string partition,
        string row,
        (string, Type)[] columns,
        Func<string, StoredRow, string?>? also = null
    ) => new(name, table, Form(partition), Form(row), Types(columns), false, (at, stored) => also?.Invoke(at, stored));

    /// <summary>Whether a row stands where rows of this kind stand.</summary>
    public bool Fits(string table, string partition, string row) => table == Table && Partition.IsMatch(partition) && Row.IsMatch(row);

    /// <summary>What is wrong with a row of this kind; null if nothing.</summary>
    public string? ProblemOf(string partition, StoredRow row)
    {
        foreach (var (name, value) in row.Columns)
        {
            if (name == RowSeal.Column || name == Optional || (HasBody && IsBody(name)))
                continue;
            if (!Columns.TryGetValue(name, out var type))
                return $"has a column '{name}', which a row of this kind ({Name}) has not";
            if (value.GetType() != type)
                return $"column '{name}' holds a {value.GetType().Name}; expected is a {type.Name}";
        }

        if (Columns.Keys.FirstOrDefault(c => !row.Columns.ContainsKey(c)) is { } missing)
            return $"column '{missing}' is missing";
        try
        {
            return Problem(partition, row);
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or ArgumentException
                        or FormatException
                        or OverflowException
                        or KeyNotFoundException
                        or InvalidCastException
                        or JsonException
                        or NullReferenceException
            )
        {
            return e is NullReferenceException ? "its body lacks a value that every row of this kind has" : $"cannot be read: {e.Message}";
        }
    }

    private static string? Read<T>(StoredRow row, bool writtenNow, out T? value)
    {
        value = default;
        var names = row.Columns.Keys.Where(IsBody).ToHashSet(StringComparer.Ordinal);
        var text = "";
        for (var part = 0; part < names.Count; part++)
        {
            var name = part == 0 ? "body" : "body" + part.ToString(CultureInfo.InvariantCulture);
            if (!row.Columns.TryGetValue(name, out var piece) || piece is not string written)
                return $"column '{name}' is missing or no text";
            text += written;
        }

        if (names.Count == 0)
            return "column 'body' is missing";
        try
        {
            value = CanonicalJson.Read<T>(text);
        }
        catch (Exception e)
            when (e is JsonException or ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            return $"its body is no {typeof(T).Name}: {e.Message}";
        }

        return !writtenNow || CanonicalJson.Write(value) == text
            ? null
            : $"its body is not in the form in which a {typeof(T).Name} is written";
    }

    private static string? Misplaced((string? Partition, string? Row) place, string partition, StoredRow row) =>
        (place.Partition ?? partition) == partition && (place.Row ?? row.RowKey) == row.RowKey
            ? null
            : $"its content belongs to partition '{place.Partition ?? partition}', row '{place.Row ?? row.RowKey}'";

    private static bool IsBody(string column) =>
        column.StartsWith("body", StringComparison.Ordinal) && column.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0;

    private static Regex Form(string pattern) =>
        Forms.GetOrAdd(pattern, static p => new Regex($"^(?:{p})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));

    private static Dictionary<string, Type> Types((string Name, Type Type)[]? columns) =>
        (columns ?? []).ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal);
}
