using System.Collections.Immutable;
using System.Globalization;
using Baotou.Payouts.Domain.Enterprises;

namespace Baotou.Payouts.Domain.Facts;

/// <summary>A record as it was delivered: every part still a text. A missing part is null.</summary>
public sealed record DeliveredRecord(
    string? Uscc,
    string? Kind,
    string? Period,
    string? EffectiveOn,
    string? RecordedAt,
    string? RecordId,
    string Source,
    string? Batch,
    bool Withdrawn,
    IReadOnlyDictionary<string, string> Values
);

/// <summary>What became of a delivered record: a fact, or a reason why not.</summary>
public abstract record FactReading
{
    private FactReading() { }

    /// <summary>The record is a fact.</summary>
    public sealed record Accepted(Fact Fact) : FactReading;

    /// <summary>The record cannot be used as it is.</summary>
    /// <param name="Code">A stable code: <c>code-shape</c>, <c>kind-unknown</c>, <c>period</c>, <c>day</c>, <c>moment</c>,
    /// <c>record-number</c>, <c>field-unknown</c>, <c>field-missing</c>, <c>field-value</c>.</param>
    /// <param name="Reason">What is wrong, where, and what is expected.</param>
    public sealed record Refused(string Code, string Reason) : FactReading;
}

/// <summary>Turns delivered records into facts, by the facts dictionary alone.</summary>
public sealed class FactReader(FactDictionary dictionary)
{
    // Registers write 0001-01-01 and 9999-12-31 where they know no day; neither can be worked with, and no datum of this engine lies
    // outside these years.
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    // Three of these, escaped, still fit into one key of the storage (1,024 characters).
    private const int LongestNumber = 60;

    private static readonly string[] MomentFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"];

    /// <summary>
    /// Reads one record. A wrong check digit of the code is no reason to refuse (some issued codes fail it); a wrong shape is.
    /// A withdrawal needs no values.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="snapshotMoment">The moment of records that carry none: the as-of of their snapshot. Null if every record must carry its
    /// own.</param>
    public FactReading Read(DeliveredRecord record, DateTimeOffset? snapshotMoment = null)
    {
        if (!Uscc.TryParse(record.Uscc, out var uscc, out var problem))
            return new FactReading.Refused("code-shape", problem);
        if (dictionary.Find(record.Kind ?? "") is not { } kind)
            return new FactReading.Refused("kind-unknown", $"kind '{record.Kind}' is not in the facts dictionary");
        if (!PeriodFits(kind.Period, record.Period ?? ""))
            return new FactReading.Refused("period", $"kind '{kind.Id}' expects {ExpectedPeriod(kind.Period)}, got '{record.Period}'");
        if (
            !DateOnly.TryParseExact(
                record.EffectiveOn,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var effectiveOn
            ) || !InRange(effectiveOn.Year)
        )
            return new FactReading.Refused(
                "day",
                $"effectiveOn expects a day that exists, as yyyy-MM-dd, of {FirstYear} to {LastYear}, got '{record.EffectiveOn}'"
            );
        if (ReadMoment(record.RecordedAt, snapshotMoment) is not { } recordedAt || !InRange(recordedAt.Year))
            return new FactReading.Refused(
                "moment",
                $"recordedAt expects a moment with zone, as 2023-05-31T17:00:00+08:00, of {FirstYear} to {LastYear}, got '{record.RecordedAt}'"
            );
        if (string.IsNullOrWhiteSpace(record.RecordId) || record.RecordId.Length > LongestNumber || record.RecordId.Any(char.IsControl))
            return new FactReading.Refused("record-number", $"recordId expects 1 to {LongestNumber} printable characters");
        if (record.Batch is { Length: > LongestNumber } || (record.Batch ?? "").Any(char.IsControl))
            return new FactReading.Refused("record-number", $"batch expects at most {LongestNumber} printable characters");
        return ReadValues(record, kind) switch
        {
            (FactReading.Refused refused, _) => refused,
            var (_, values) => new FactReading.Accepted(
                new Fact
                {
                    Uscc = uscc,
                    Kind = kind.Id,
                    Period = record.Period ?? "",
                    EffectiveOn = effectiveOn,
                    RecordedAt = recordedAt,
                    RecordId = record.RecordId,
                    Source = record.Source,
                    Batch = record.Batch ?? "",
                    Withdrawn = record.Withdrawn,
                    Values = values,
                }
            ),
        };
    }

    private static (FactReading.Refused? Refused, ImmutableSortedDictionary<string, FactValue> Values) ReadValues(
        DeliveredRecord record,
        FactKind kind
    )
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, FactValue>(StringComparer.Ordinal);
        foreach (var (name, text) in record.Values)
        {
            if (kind.Field(name) is not { } field)
                return (
                    new(
                        "field-unknown",
                        $"kind '{kind.Id}' has no field '{name}'; it has {string.Join(", ", kind.Fields.Select(f => f.Name))}"
                    ),
                    values.ToImmutable()
                );
            if (!FactValue.TryRead(field, text, out var value, out var problem))
                return (new("field-value", problem), values.ToImmutable());
            values[name] = value;
        }

        var missing = record.Withdrawn ? null : kind.Fields.FirstOrDefault(f => f.Required && !values.ContainsKey(f.Name));
        return missing is null
            ? (null, values.ToImmutable())
            : (new("field-missing", $"kind '{kind.Id}' requires field '{missing.Name}'"), values.ToImmutable());
    }

    private static DateTimeOffset? ReadMoment(string? text, DateTimeOffset? snapshotMoment)
    {
        if (string.IsNullOrEmpty(text))
            return snapshotMoment;
        if (!text.EndsWith('Z') && text.AsSpan().LastIndexOfAny('+', '-') < 19)
            return null;
        return DateTimeOffset.TryParseExact(text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToUniversalTime()
            : null;
    }

    private static bool PeriodFits(PeriodKind kind, string period) =>
        kind switch
        {
            PeriodKind.Year => period.Length == 4 && IsDayInRange(period + "-01-01"),
            PeriodKind.Month => period.Length == 7 && IsDayInRange(period + "-01"),
            _ => period.Length == 0,
        };

    private static bool IsDayInRange(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && InRange(day.Year);

    private static bool InRange(int year) => year is >= FirstYear and <= LastYear;

    private static string ExpectedPeriod(PeriodKind kind) =>
        kind switch
        {
            PeriodKind.Year => "a year as its period, as 2022",
            PeriodKind.Month => "a month as its period, as 2022-05",
            _ => "no period",
        };
}
