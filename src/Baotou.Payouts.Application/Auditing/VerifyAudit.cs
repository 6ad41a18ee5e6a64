using System.Globalization;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>
/// Goes through every link of the audit log: numbers, hashes, heads, and that every outcome answers an act of the same request.
/// </summary>
public sealed class VerifyAudit(IAuditLog log, EngineOptions options)
{
    /// <summary>Verifies everything.</summary>
    /// <param name="lines">Gets what was asked for; null if nobody wants to know.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <returns>The first difference, naming day, bucket and entry; null if everything holds.</returns>
    public async Task<string?> HandleAsync(AuditLines? lines, CancellationToken cancellationToken)
    {
        var listed = await log.PlacesAsync(cancellationToken);
        if (listed.FirstOrDefault(p => p.Bucket < 0 || p.Bucket >= options.Buckets) is { } stray)
            return $"{NameOf(stray)}: the store has buckets 0 to {options.Buckets - 1} only";
        foreach (var day in listed.Select(p => p.Day).Distinct())
        {
            for (var bucket = 0; bucket < options.Buckets; bucket++)
            {
                var place = new AuditPlace(day, bucket);
                if (await ProblemAsync(place, listed.Contains(place), lines, cancellationToken) is { } problem)
                    return $"{NameOf(place)}: {problem}";
            }
        }

        return null;
    }

    private async Task<string?> ProblemAsync(AuditPlace place, bool isListed, AuditLines? lines, CancellationToken cancellationToken)
    {
        // The head is read first: what is appended meanwhile stands behind it and is looked at the next time.
        var head = await log.HeadAsync(place, cancellationToken);
        if (head is null && isListed)
            return "has no head; the log was taken away";
        var (last, before) = (0L, place.Root);
        var asked = new Dictionary<long, string>();
        await foreach (var entry in log.ReadAsync(place, 0, cancellationToken))
        {
            if (entry.Number != last + 1)
                return $"entry {last + 1} is missing; the log goes on with {entry.Number}";
            if (entry.Before != before)
                return $"entry {entry.Number} does not follow from the one before it: it names {entry.Before}, and that has {before}";
            if (AuditPlace.Of(entry.Act, options.Buckets) != place)
                return $"entry {entry.Number} belongs to another log";
            if (entry.Act.Answers is { } answers && (!asked.TryGetValue(answers, out var request) || request != entry.Act.Request))
                return $"entry {entry.Number} answers entry {answers}, which is no act of its request";
            if (entry.Act.Answers is null)
            {
                asked[entry.Number] = entry.Act.Request;
                lines?.Add(entry.Act);
            }

            (last, before) = (entry.Number, entry.Hash);
            if (last == head?.Count && head.Hash != before)
                return $"entry {last} has hash {before}, and the head names {head.Hash}";
        }

        return head is null
            ? last == 0
                ? null
                : $"has {last} entries and no head"
            : last < head.Count
                ? $"ends with entry {last}, and the head names {head.Count}"
                : null;
    }

    private static string NameOf(AuditPlace place) =>
        $"audit log of {place.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} bucket {place.Bucket.ToString(CultureInfo.InvariantCulture)}";
}
