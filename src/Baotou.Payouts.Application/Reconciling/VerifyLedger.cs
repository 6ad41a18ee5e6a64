using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Stopping;
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
public sealed record Verification(string? Difference, int Pools, long Entries, long Payouts, long Claims)
{
    /// <summary>Whether everything holds.</summary>
    public bool Holds => Difference is null;
}

/// <summary>Refolds every pool-year from its log and claims and replays every closed round from its facts, compares all that is stored with it, and goes through the audit log.</summary>
public sealed class VerifyLedger(IFactLog facts, IPoolLog pools, IClaimStore claims, IPayoutStore payouts, IObjectionStore objections, IRoundLog rounds, VerifyClaims verifyClaims, CarryOver carry, ISwitchLog switches, VerifyAudit audit, EngineOptions options)
{
    /// <summary>Verifies everything; stops at the first difference.</summary>
    /// <param name="progress">Called with the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<Verification> HandleAsync(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        facts.Forget();
        rounds.Forget();
        try
        {
            var found = await VerifyAsync(progress, cancellationToken);
            return found.Holds ? found with { Difference = await audit.HandleAsync(cancellationToken) } : found;
        }
        catch (InvalidDataException broken)
        {
            return new Verification(broken.Message, 0, 0, 0, 0);
        }
    }

    private async Task<Verification> VerifyAsync(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var all = await pools.ListAsync(cancellationToken);
        var steps = all.Count + (options.Buckets * 2.0);
        var done = 0;
        long entries = 0, rows = 0, matched = 0;
        var reserved = new Dictionary<string, (Payout Made, PoolYear Pool)>(StringComparer.Ordinal);
        var taken = new Dictionary<string, PoolEntry>(StringComparer.Ordinal);
        var found = new FoundInPools();
        foreach (var pool in all)
        {
            var (difference, count) = await RefoldAsync(pool, reserved, taken, found, cancellationToken);
            entries += count;
            if (difference is not null) return new Verification(difference, all.Count, entries, rows, matched);
            progress?.Report(++done / steps);
        }

        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            var (difference, count) = await ComparePayoutsAsync(bucket, reserved, taken, cancellationToken);
            rows += count;
            if (difference is not null) return new Verification(difference, all.Count, entries, rows, matched);
            progress?.Report(++done / steps);
        }

        if (taken.Values.FirstOrDefault() is { } unasked) return new Verification($"entry '{unasked.InputId}' gave {unasked.Amount} fen back that no transition of payout {unasked.Note} names", all.Count, entries, rows, matched);
        if (reserved.Values.FirstOrDefault() is { Made: { } lost }) return new Verification($"payout {lost.Id} of {lost.Pool} entry {lost.EntrySeq} has no row", all.Count, entries, rows, matched);
        var explained = new HashSet<string>(StringComparer.Ordinal);
        var undecided = new HashSet<Uscc>();
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            var (difference, count) = await verifyClaims.HandleAsync(bucket, found, explained, undecided, cancellationToken);
            matched += count;
            if (difference is not null) return new Verification(difference, all.Count, entries, rows, matched);
            progress?.Report(++done / steps);
        }

        return new Verification(LeftOver(found, explained, undecided), all.Count, entries, rows, matched);
    }

    /// <summary>What stands in a pool-year and no fact gives.</summary>
    private static string? LeftOver(FoundInPools found, HashSet<string> explained, HashSet<Uscc> undecided)
    {
        foreach (var (pool, round, claim) in found.Claims.Keys) return $"{pool} round {round}: claim {claim} has no entitlement";
        foreach (var ((pool, id), claim) in found.Limits)
        {
            if (id.StartsWith(RoundLimit.IdPrefix, StringComparison.Ordinal) && !explained.Contains(id) && !undecided.Contains(claim.Uscc))
                return $"{pool}: replaying the facts gives no reduction '{id}'";
        }

        return null;
    }

    private async Task<(string? Difference, long Entries)> RefoldAsync(
        PoolYear pool, Dictionary<string, (Payout, PoolYear)> reserved, Dictionary<string, PoolEntry> taken, FoundInPools found, CancellationToken cancellationToken)
    {
        var book = await PoolBook.LoadAsync(pool, int.MinValue, pools, claims, cancellationToken);
        if (await CompareAnnouncedAsync(pool, book, cancellationToken) is { } announced) return (announced, 0);
        if (await CompareInputsAsync(pool, book, found, cancellationToken) is { } inputs) return (inputs, 0);
        foreach (var round in book.Announced.Keys.Where(r => r > 0))
        {
            foreach (var claim in book.ClaimsOf(round)) found.Claims[(pool, round, claim.Key)] = claim;
        }

        var head = PoolHead.Fresh;
        await foreach (var stored in pools.EntriesAsync(pool, 0, cancellationToken))
        {
            if (PoolFold.Next(head, book) is not { } step) return ($"{pool} entry {stored.Seq}: the log and the claims give no such entry", head.Seq);
            if (step.Entry != stored || step.Entry.Hash != stored.Hash) return ($"{pool} entry {stored.Seq}: stored {CanonicalJson.Write(stored)}, refolded {CanonicalJson.Write(step.Entry)}", head.Seq);
            head = step.Head;
            if (stored.Kind == EntryKind.Reserved)
            {
                var made = Payout.From(stored, pool, options.Buckets);
                if (!reserved.TryAdd(made.Id, (made, pool))) return ($"{pool} entry {stored.Seq}: payout {made.Id} is reserved twice", head.Seq);
            }
            else if (stored.Kind is EntryKind.Released or EntryKind.ClawedBack)
            {
                if (!taken.TryAdd(stored.InputId, stored)) return ($"{pool} entry {stored.Seq}: act '{stored.InputId}' gave money back before", head.Seq);
            }
        }

        var kept = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        if (kept != head) return ($"{pool} head: stored {CanonicalJson.Write(kept)}, refolded {CanonicalJson.Write(head)}", head.Seq);
        if ((await switches.ReadAsync(cancellationToken)).StopOf(Switch.OfPool(pool.Pool)) is not null) return (null, head.Seq);
        return PoolFold.Next(head, book) is { } more ? ($"{pool}: entry {more.Entry.Seq} is not written yet; let the work end and verify again", head.Seq) : (null, head.Seq);
    }

    private async Task<string?> CompareAnnouncedAsync(PoolYear pool, PoolBook book, CancellationToken cancellationToken)
    {
        foreach (var (round, input) in book.Announced)
        {
            var line = book.ClaimsOf(round);
            var (count, hash) = book.Input(input) switch
            {
                PoolInput.RoundClosed r => (r.Claims, r.ClaimsHash),
                PoolInput.CarryIn c => (c.Claims, c.ClaimsHash),
                _ => throw new InvalidOperationException($"Input {input} of {pool} announces no claims."),
            };
            if (line.Count != count || PoolClaim.HashOf(line) != hash) return $"{pool} round {round}: the claims are not those that input {input} announced ({count}, hash {hash})";
        }

        var closed = (await rounds.StandingAsync(cancellationToken)).Closed;
        for (var round = 1; round <= closed; round++)
        {
            if (!book.Announced.ContainsKey(round) && (await claims.ClaimsAsync(pool, round, cancellationToken)).Count > 0)
                return $"{pool} round {round}: has claims that no input announced";
        }

        return null;
    }

    /// <summary>No act stands twice in a log, and what was carried in is what the year before leaves.</summary>
    private async Task<string?> CompareInputsAsync(PoolYear pool, PoolBook book, FoundInPools found, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1L; number <= book.InputCount; number++)
        {
            var input = book.Input(number)!;
            if (!ids.Add(input.Id)) return $"{pool} input {number}: act '{input.Id}' stands in the log twice";
            if (input is PoolInput.LimitClaim limit) found.Limits[(pool, limit.Id)] = limit.Claim;
            if (input is not PoolInput.CarryIn carried) continue;
            var (line, amount) = await carry.LeftAsync(pool with { FiscalYear = carried.FromYear }, cancellationToken);
            if (amount != carried.Amount || line.Count != carried.Claims || PoolClaim.HashOf(line) != carried.ClaimsHash)
                return $"{pool} input {number}: {carried.Amount} fen and {carried.Claims} claims are carried in; {carried.FromYear} leaves {amount} fen and {line.Count} claims, or others";
        }

        return null;
    }

    private async Task<(string? Difference, long Rows)> ComparePayoutsAsync(
        int bucket, Dictionary<string, (Payout Made, PoolYear Pool)> reserved, Dictionary<string, PoolEntry> taken, CancellationToken cancellationToken)
    {
        long rows = 0;
        var transitions = new Dictionary<string, List<Payout>>(StringComparer.Ordinal);
        await foreach (var transition in payouts.ReadTransitionsAsync(bucket, cancellationToken))
        {
            if (!transitions.TryGetValue(transition.Id, out var list)) transitions[transition.Id] = list = [];
            list.Add(transition);
        }

        var against = (await objections.OfBucketAsync(bucket, cancellationToken)).ToLookup(c => c.Objection.Payout, StringComparer.Ordinal);
        await foreach (var stored in payouts.ReadBucketAsync(bucket, cancellationToken))
        {
            rows++;
            var payout = stored.Payout;
            if (!reserved.Remove(payout.Id, out var entry)) return ($"payout {payout.Id}: no chain entry reserved it", rows);
            if (!transitions.Remove(payout.Id, out var history) || history.Count != payout.Version + 1) return ($"payout {payout.Id}: version {payout.Version} with {history?.Count ?? 0} transitions", rows);
            if (history[0] != entry.Made) return ($"payout {payout.Id}: made as {CanonicalJson.Write(history[0])}, reserved as {CanonicalJson.Write(entry.Made)}", rows);
            if (history[^1] != payout) return ($"payout {payout.Id}: the row differs from its last transition", rows);
            for (var i = 1; i < history.Count; i++)
            {
                if (PayoutHistory.Problem(history[i - 1], history[i]) is { } problem) return ($"payout {payout.Id}: transition {i} {problem}", rows);
            }

            if (ObjectionHistory.Problem(history, against[payout.Id]) is { } unheld) return ($"payout {payout.Id}: {unheld}", rows);
            if (CompareTaken(history, taken) is { } difference) return (difference, rows);
        }

        return transitions.Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } orphan ? ($"payout {orphan}: has transitions and no row", rows) : (null, rows);
    }

    /// <summary>What was released or recovered moved the same amount in the chain, under the id that the transition names; of one under way it may.</summary>
    private static string? CompareTaken(List<Payout> history, Dictionary<string, PoolEntry> taken)
    {
        foreach (var going in history.Where(p => p.State is PayoutState.Releasing or PayoutState.ClawingBack))
        {
            var kind = going.State == PayoutState.Releasing ? EntryKind.Released : EntryKind.ClawedBack;
            if (!taken.Remove(going.Intent, out var entry))
            {
                if (going.Version < history.Count - 1) return $"payout {going.Id}: transition {going.Version} took {going.Taking} fen, and no entry '{going.Intent}' of the chain did";
            }
            else if (entry.Kind != kind || entry.Note != going.Id || entry.Amount != going.Taking)
            {
                return $"payout {going.Id}: transition {going.Version} takes {going.Taking} fen, and entry {entry.Seq} is {entry.Kind} of {entry.Amount} fen";
            }
        }

        return null;
    }
}
