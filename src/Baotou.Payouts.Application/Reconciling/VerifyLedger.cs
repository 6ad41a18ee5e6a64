using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>What verifying found.</summary>
/// <param name="Difference">The first difference, naming row and rule; null if everything holds.</param>
/// <param name="Pools">Pool-years refolded.</param>
/// <param name="Entries">Chain entries compared.</param>
/// <param name="Payouts">Payout rows compared.</param>
/// <param name="Claims">Claims compared with what replaying the facts gives.</param>
/// <param name="Rows">Rows of all tables looked at, each by itself and in the count of its partition.</param>
public sealed record Verification(string? Difference, int Pools, long Entries, long Payouts, long Claims, long Rows)
{
    /// <summary>Whether everything holds.</summary>
    public bool Holds => Difference is null;
}

/// <summary>
/// Looks at every row by itself, refolds every pool-year from its log and claims, replays every closed round from its facts, and compares
/// all that is stored with it, and goes through what persons did and through the audit log. Last come the counts of rows, because whatever
/// compares content says more of what is missing. It writes nothing.
/// </summary>
public sealed class VerifyLedger(
    IRowAudit eachRow,
    IFactLog facts,
    IPoolLog pools,
    IPayoutStore payouts,
    IObjectionStore objections,
    IRoundLog rounds,
    RefoldPool refold,
    VerifyClaims verifyClaims,
    VerifyActs acts,
    EngineOptions options
)
{
    /// <summary>The share of the work that looking at the rows takes.</summary>
    private const double AuditShare = 0.25;

    /// <summary>Verifies everything; stops at the first difference.</summary>
    /// <param name="progress">Called with the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<Verification> HandleAsync(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        facts.Forget();
        rounds.Forget();
        RowsFound? found = null;
        try
        {
            found = await eachRow.HandleAsync(progress is null ? null : new Part(progress, 0, AuditShare), cancellationToken);
            if (found.Broken is { } broken)
                return new Verification(broken, 0, 0, 0, 0, found.Rows);
            var moved = new List<Payout>();
            var verified = await VerifyAsync(found, moved, progress is null ? null : new Part(progress, AuditShare, 1), cancellationToken);
            return verified with
            {
                Difference = verified.Difference ?? await acts.HandleAsync(moved, cancellationToken) ?? found.Uncounted,
                Rows = found.Rows,
            };
        }
        catch (Exception e) when (IsOfWhatIsStored(e))
        {
            // What was stored by the program can be refolded; a count that does not fit says which row is the reason.
            return new Verification(e is InvalidDataException ? e.Message : found?.Uncounted ?? e.Message, 0, 0, 0, 0, found?.Rows ?? 0);
        }
    }

    /// <summary>
    /// Whether something thrown while refolding tells of rows that the program never wrote so, not of trouble with the storage.
    /// </summary>
    internal static bool IsOfWhatIsStored(Exception thrown) =>
        thrown
            is InvalidDataException
                or KeyNotFoundException
                or InvalidOperationException
                or ArithmeticException
                or ArgumentException
                or NullReferenceException
                or FormatException;

    /// <summary>A part of a longer work's progress.</summary>
    private sealed class Part(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (value * (to - from)));
    }

    private async Task<Verification> VerifyAsync(
        RowsFound found,
        List<Payout> moved,
        IProgress<double>? progress,
        CancellationToken cancellationToken
    )
    {
        var all = await pools.ListAsync(cancellationToken);
        var steps = all.Count + (options.Buckets * 2.0);
        var done = 0;
        long entries = 0,
            rows = 0,
            matched = 0;
        var reserved = new Dictionary<string, (Payout Made, PoolYear Pool)>(StringComparer.Ordinal);
        var taken = new Dictionary<string, PoolEntry>(StringComparer.Ordinal);
        var held = new FoundInPools { Pools = all.ToHashSet() };
        foreach (var pool in all)
        {
            var (difference, count) = await refold.HandleAsync(pool, reserved, taken, held, cancellationToken);
            entries += count;
            if (difference is not null)
                return new Verification(difference, all.Count, entries, rows, matched, 0);
            progress?.Report(++done / steps);
        }

        if (await CompareRoundsAsync(found.ClaimLines, held, cancellationToken) is { } misplaced)
            return new Verification(misplaced, all.Count, entries, rows, matched, 0);
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            var (difference, count) = await ComparePayoutsAsync(bucket, reserved, taken, moved, cancellationToken);
            rows += count;
            if (difference is not null)
                return new Verification(difference, all.Count, entries, rows, matched, 0);
            progress?.Report(++done / steps);
        }

        if (taken.Values.FirstOrDefault() is { } unasked)
            return new Verification(
                $"entry '{unasked.InputId}' gave {unasked.Amount} fen back that no transition of payout {unasked.Note} names",
                all.Count,
                entries,
                rows,
                matched,
                0
            );
        if (reserved.Values.FirstOrDefault() is { Made: { } lost })
            return new Verification(
                $"payout {lost.Id} of {lost.Pool} entry {lost.EntrySeq} has no row",
                all.Count,
                entries,
                rows,
                matched,
                0
            );
        var explained = new HashSet<string>(StringComparer.Ordinal);
        var undecided = new HashSet<Uscc>();
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            var (difference, count) = await verifyClaims.HandleAsync(bucket, held, explained, undecided, cancellationToken);
            matched += count;
            if (difference is not null)
                return new Verification(difference, all.Count, entries, rows, matched, 0);
            progress?.Report(++done / steps);
        }

        return new Verification(LeftOver(held, explained, undecided), all.Count, entries, rows, matched, 0);
    }

    /// <summary>What stands in a pool-year and no fact gives.</summary>
    private static string? LeftOver(FoundInPools found, HashSet<string> explained, HashSet<Uscc> undecided)
    {
        foreach (var (pool, round, claim) in found.Claims.Keys)
            return $"{pool} round {round}: claim {claim} has no entitlement";
        foreach (var ((pool, id), claim) in found.Limits)
        {
            if (id.StartsWith(RoundLimit.IdPrefix, StringComparison.Ordinal) && !explained.Contains(id) && !undecided.Contains(claim.Uscc))
                return $"{pool}: replaying the facts gives no reduction '{id}'";
        }

        return null;
    }

    /// <summary>Every closed round is whole, and no claims stand where no input and no open round speaks of them.</summary>
    private async Task<string?> CompareRoundsAsync(
        IReadOnlyList<(PoolYear Pool, int Round)> lines,
        FoundInPools found,
        CancellationToken cancellationToken
    )
    {
        var standing = await rounds.StandingAsync(cancellationToken);
        for (var round = 1; round <= standing.Closed; round++)
        {
            await rounds.ReadAsync(round, cancellationToken);
            var done = await rounds.DoneAsync(round, cancellationToken);
            if (Enumerable.Range(0, options.Buckets).FirstOrDefault(b => !done.Contains(b), -1) is >= 0 and var missing)
                return $"round {round} is closed, and bucket {missing} is not marked as matched";
        }

        if (standing.Open != 0 && standing.Open != standing.Closed + 1)
            return $"the standing of the rounds says that {standing.Closed} are closed and {standing.Open} is open";
        foreach (var (pool, round) in lines)
        {
            if (round == standing.Open && round > 0)
                continue;
            if (!found.Announced.Contains((pool, round)))
                return $"{pool} round {round}: has claims that no input announced{(round == 0 ? "; let the work end and verify again" : "")}";
        }

        return null;
    }

    private async Task<(string? Difference, long Rows)> ComparePayoutsAsync(
        int bucket,
        Dictionary<string, (Payout Made, PoolYear Pool)> reserved,
        Dictionary<string, PoolEntry> taken,
        List<Payout> moved,
        CancellationToken cancellationToken
    )
    {
        long rows = 0;
        var transitions = new Dictionary<string, List<Payout>>(StringComparer.Ordinal);
        await foreach (var transition in payouts.ReadTransitionsAsync(bucket, cancellationToken))
        {
            if (!transitions.TryGetValue(transition.Id, out var list))
                transitions[transition.Id] = list = [];
            list.Add(transition);
        }

        var against = (await objections.OfBucketAsync(bucket, cancellationToken)).ToLookup(c => c.Objection.Payout, StringComparer.Ordinal);
        await foreach (var stored in payouts.ReadBucketAsync(bucket, cancellationToken))
        {
            rows++;
            var payout = stored.Payout;
            if (!reserved.Remove(payout.Id, out var entry))
                return ($"payout {payout.Id}: no chain entry reserved it", rows);
            if (!transitions.Remove(payout.Id, out var history) || history.Count != payout.Version + 1)
                return ($"payout {payout.Id}: version {payout.Version} with {history?.Count ?? 0} transitions", rows);
            if (history[0] != entry.Made)
                return (
                    $"payout {payout.Id}: made as {CanonicalJson.Write(history[0])}, reserved as {CanonicalJson.Write(entry.Made)}",
                    rows
                );
            if (history[^1] != payout)
                return ($"payout {payout.Id}: the row differs from its last transition", rows);
            for (var i = 1; i < history.Count; i++)
            {
                if (PayoutHistory.Problem(history[i - 1], history[i]) is { } problem)
                    return ($"payout {payout.Id}: transition {i} {problem}", rows);
            }

            if (ObjectionHistory.Problem(history, against[payout.Id]) is { } unheld)
                return ($"payout {payout.Id}: {unheld}", rows);
            if (CompareTaken(history, taken) is { } difference)
                return (difference, rows);
            moved.AddRange(history.Where(p => p.Act is not null || p.Request is not null || VerifyActs.IsOfCase(p)));
        }

        return transitions.Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } orphan
            ? ($"payout {orphan}: has transitions and no row", rows)
            : (null, rows);
    }

    /// <summary>
    /// What was released or recovered moved the same amount in the chain, under the id that the transition names; of one under way it may.
    /// </summary>
    private static string? CompareTaken(List<Payout> history, Dictionary<string, PoolEntry> taken)
    {
        foreach (var going in history.Where(p => p.State is PayoutState.Releasing or PayoutState.ClawingBack))
        {
            var kind = going.State == PayoutState.Releasing ? EntryKind.Released : EntryKind.ClawedBack;
            if (!taken.Remove(going.Intent, out var entry))
            {
                if (going.Version < history.Count - 1)
                    return $"payout {going.Id}: transition {going.Version} took {going.Taking} fen, and no entry '{going.Intent}' of the chain did";
            }
            else if (entry.Kind != kind || entry.Note != going.Id || entry.Amount != going.Taking)
            {
                return $"payout {going.Id}: transition {going.Version} takes {going.Taking} fen, and entry {entry.Seq} is {entry.Kind} of {entry.Amount} fen";
            }
        }

        return null;
    }
}
