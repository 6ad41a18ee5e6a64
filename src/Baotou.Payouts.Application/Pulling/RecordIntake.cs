using System.Text.Encodings.Web;
using System.Text.Json;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>
/// Turns delivered records into facts in their buckets' logs, or into quarantine with a reason. Used by walks, imports and replays alike.
/// </summary>
public sealed class RecordIntake(FactReader reader, IFactLog facts, IQuarantine quarantine, EngineOptions options)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Stores what can be stored and quarantines the rest. Doing it again changes nothing that counts.</summary>
    /// <param name="source">The dataset.</param>
    /// <param name="records">Records as delivered.</param>
    /// <param name="unreadable">What could not be read as a record.</param>
    /// <param name="snapshotMoment">The moment of records that carry none; see <see cref="FactReader.Read"/>.</param>
    /// <param name="cancellationToken">Stops between transactions.</param>
    /// <returns>How many became facts and how many were quarantined.</returns>
    public async Task<(int Facts, int Quarantined)> StoreAsync(
        string source,
        IReadOnlyList<DeliveredRecord> records,
        IReadOnlyList<UnreadableRecord> unreadable,
        DateTimeOffset? snapshotMoment,
        CancellationToken cancellationToken
    )
    {
        var accepted = new List<Fact>();
        var refused = unreadable.Select(u => ToQuarantined(source, "unreadable", u.Reason, u.Text)).ToList();
        foreach (var record in records)
        {
            switch (reader.Read(record, snapshotMoment))
            {
                case FactReading.Accepted a:
                    accepted.Add(a.Fact);
                    break;
                case FactReading.Refused r:
                    refused.Add(ToQuarantined(source, r.Code, r.Reason, TextOf(WithMoment(record, snapshotMoment))));
                    break;
            }
        }

        if (refused.Count > 0)
            await quarantine.AddAsync(refused, cancellationToken);
        EngineMeter.CountQuarantined(refused.Count);
        await AppendAsync(accepted, cancellationToken);
        return (accepted.Count, refused.Count);
    }

    /// <summary>Appends facts to the logs of their buckets.</summary>
    public async Task AppendAsync(IReadOnlyList<Fact> accepted, CancellationToken cancellationToken)
    {
        foreach (var bucket in accepted.GroupBy(f => Bucket.Of(f.Uscc, options.Buckets)).OrderBy(g => g.Key))
            await facts.AppendAsync(bucket.Key, [.. bucket], cancellationToken);
        EngineMeter.CountFacts(accepted.Count);
    }

    /// <summary>The text that is hashed, compared and kept for a delivered record; the same record always has the same text.</summary>
    public static string TextOf(DeliveredRecord record) =>
        JsonSerializer.Serialize(
            new
            {
                record.Uscc,
                record.Kind,
                record.Period,
                record.EffectiveOn,
                record.RecordedAt,
                record.RecordId,
                record.Batch,
                record.Withdrawn,
                Values = record.Values.OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(v => v.Key, v => v.Value),
            },
            Readable
        );

    internal static Quarantined ToQuarantined(string source, string code, string reason, string text)
    {
        var id = ContentHash.OfText($"{source}\n{code}\n{text}").Hex[..32];
        return new Quarantined(id, source, code, reason, text.Length <= 2_000 ? text : text[..2_000]);
    }

    /// <summary>What is kept of a snapshot keeps its moment too, so that it can become a fact later.</summary>
    private static DeliveredRecord WithMoment(DeliveredRecord record, DateTimeOffset? snapshotMoment) =>
        string.IsNullOrEmpty(record.RecordedAt) && snapshotMoment is { } moment
            ? record with
            {
                RecordedAt = moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture),
            }
            : record;

    /// <summary>A kept record as it was delivered; null if it could not be read even then, or was too long to be kept whole.</summary>
    internal static DeliveredRecord? Delivered(Quarantined kept)
    {
        if (kept.Code == "unreadable" || kept.Text.Length >= 2_000)
            return null;
        var shape = JsonSerializer.Deserialize<KeptRecord>(kept.Text);
        return shape is null
            ? null
            : new DeliveredRecord(
                shape.Uscc,
                shape.Kind,
                shape.Period,
                shape.EffectiveOn,
                shape.RecordedAt,
                shape.RecordId,
                kept.Source,
                shape.Batch,
                shape.Withdrawn,
                shape.Values ?? []
            );
    }

    private sealed record KeptRecord(
        string? Uscc,
        string? Kind,
        string? Period,
        string? EffectiveOn,
        string? RecordedAt,
        string? RecordId,
        string? Batch,
        bool Withdrawn,
        Dictionary<string, string>? Values
    );
}
