using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>What a rerun looks at; null is everything.</summary>
/// <param name="Policy">Id of one entry.</param>
/// <param name="Enterprise">One enterprise.</param>
/// <param name="Period">One occasion, such as a benefit year.</param>
public sealed record RerunScope(string? Policy, Uscc? Enterprise, string? Period)
{
    /// <summary>Whether a claim lies in it.</summary>
    public bool Contains(ClaimKey key) =>
        (Policy is null || key.Policy == Policy) && (Enterprise is null || key.Uscc == Enterprise) && (Period is null || key.Occasion == Period);
}

/// <summary>How a line of a difference stands to what was claimed before.</summary>
public enum DifferenceKind
{
    /// <summary>The same amount.</summary>
    Unchanged,

    /// <summary>Not claimed before.</summary>
    New,

    /// <summary>More than before: the rise waits for two persons.</summary>
    Higher,

    /// <summary>Less than before.</summary>
    Lower,

    /// <summary>Nothing any more.</summary>
    Lost,
}

/// <summary>One award of one enterprise, before and after.</summary>
/// <param name="Kind">How they differ.</param>
/// <param name="Policy">Id of the entry.</param>
/// <param name="Occasion">The occasion.</param>
/// <param name="Uscc">The enterprise.</param>
/// <param name="Before">What stands claimed, both shares.</param>
/// <param name="After">What would stand claimed.</param>
/// <param name="Because">The record that changed it, as source and number; empty if nothing changed.</param>
public sealed record DifferenceLine(DifferenceKind Kind, string Policy, string Occasion, Uscc Uscc, Fen Before, Fen After, string Because);

/// <summary>The whole difference with the hash by which an approval names it.</summary>
/// <param name="Lines">By policy, enterprise and occasion.</param>
/// <param name="Hash">Hash over the lines.</param>
public sealed record Difference(IReadOnlyList<DifferenceLine> Lines, ContentHash Hash)
{
    /// <summary>How many lines are of a kind.</summary>
    public int Count(DifferenceKind kind) => Lines.Count(l => l.Kind == kind);
}

/// <summary>Shows what a round would change if it were opened now, with everything that is stored. It stores nothing.</summary>
public sealed class DryRun(OpenRound open, RoundReplay replay, IClaimStore claims, ClaimLimits limits, EngineOptions options)
{
    /// <summary>Works the difference out.</summary>
    public async Task<Difference> HandleAsync(RerunScope scope, CancellationToken cancellationToken)
    {
        var planned = await open.PlanAsync(cancellationToken);
        var limited = await limits.ReadAsync(cancellationToken);
        var lines = new List<DifferenceLine>();
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            var stored = await claims.EntitlementsAsync(bucket, cancellationToken);
            var replayed = (await replay.PlannedAsync(planned, bucket, cancellationToken)).Movements.Select(m => m.Movement);
            lines.AddRange(Compare(stored.Where(s => scope.Contains(s.Key)).ToDictionary(), replayed.Where(m => scope.Contains(KeyOf(m))), limited));
        }

        lines = [.. lines.OrderBy(l => l.Policy, StringComparer.Ordinal).ThenBy(l => l.Uscc).ThenBy(l => l.Occasion, StringComparer.Ordinal)];
        return new Difference(lines, CanonicalJson.Hash(lines));
    }

    private static IEnumerable<DifferenceLine> Compare(
        Dictionary<ClaimKey, Entitlement> stored, IEnumerable<Movement> replayed, IReadOnlyDictionary<ClaimKey, Fen> limited)
    {
        var before = stored.Values.GroupBy(e => NameOf(e.Claim.Key)).ToDictionary(g => g.Key, g => g.Aggregate(Fen.Zero, (sum, e) => sum + StandsAt(e, limited)));
        var after = replayed.GroupBy(m => NameOf(KeyOf(m))).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var name in before.Keys.Union(after.Keys))
        {
            var was = before.GetValueOrDefault(name);
            var movements = after.GetValueOrDefault(name) ?? [];
            var willBe = TotalOf(movements);
            var known = stored.ContainsKey(new ClaimKey(name.Policy, name.Occasion, name.Uscc, 0));
            var kind = willBe == was ? DifferenceKind.Unchanged
                : !known ? DifferenceKind.New
                : willBe == Fen.Zero ? DifferenceKind.Lost
                : willBe > was ? DifferenceKind.Higher
                : DifferenceKind.Lower;
            if (was == Fen.Zero && willBe == Fen.Zero) continue;
            yield return new DifferenceLine(kind, name.Policy, name.Occasion, name.Uscc, was, willBe, kind == DifferenceKind.Unchanged ? "" : BecauseOf(movements));
        }
    }

    private static Fen StandsAt(Entitlement entitlement, IReadOnlyDictionary<ClaimKey, Fen> limited)
    {
        var claim = entitlement.Claim;
        if (!limited.TryGetValue(claim.Key, out var city) || city >= claim.Amount) return claim.Amount + claim.County;
        return city + new Fen((long)((Int128)claim.County.Value * city.Value / claim.Amount.Value));
    }

    private static Fen TotalOf(List<Movement> movements)
    {
        var stands = new Dictionary<ClaimKey, Fen>();
        foreach (var movement in movements)
        {
            if (movement is Movement.Claimed claimed) stands[claimed.Key] = claimed.Amount.Total;
            else if (movement is Movement.Limited limit) stands[limit.Key] = limit.Limit.Total;
        }

        return stands.Values.Aggregate(Fen.Zero, (sum, fen) => sum + fen);
    }

    private static string BecauseOf(List<Movement> movements) => movements.LastOrDefault() switch
    {
        Movement.Claimed claimed => $"{claimed.Deciding.Source}/{claimed.Deciding.RecordId}",
        Movement.Limited limit => $"reduced at {limit.Moment.At:yyyy-MM-dd'T'HH:mm:ss'Z'}",
        _ => "no record gives it any more",
    };

    private static ClaimKey KeyOf(Movement movement) => movement switch
    {
        Movement.Claimed claimed => claimed.Key,
        Movement.Limited limit => limit.Key,
        _ => throw new InvalidOperationException($"Unknown movement {movement.GetType().Name}."),
    };

    private static (string Policy, string Occasion, Uscc Uscc) NameOf(ClaimKey key) => (key.Policy, key.Occasion, key.Uscc);
}
