using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>What the pool-years hold of the closed rounds: to be found again, piece by piece, by replaying the facts.</summary>
public sealed class FoundInPools
{
    /// <summary>The claims of announced rounds; those that were found again are taken out.</summary>
    public Dictionary<(PoolYear Pool, int Round, ClaimKey Claim), PoolClaim> Claims { get; } = [];

    /// <summary>All pool-years that have a log.</summary>
    public required IReadOnlySet<PoolYear> Pools { get; init; }

    /// <summary>The rounds whose claims an input announced to a pool-year; 0 stands for what was carried in.</summary>
    public HashSet<(PoolYear Pool, int Round)> Announced { get; } = [];

    /// <summary>The reductions in the logs by pool-year and act id.</summary>
    public Dictionary<(PoolYear Pool, string Id), ClaimKey> Limits { get; } = [];
}

/// <summary>
/// Replays every closed round from its facts, with the list it was opened with, and compares entitlements, receipts, claims and reductions
/// with what that gives.
/// </summary>
public sealed class VerifyClaims(IClaimStore claims, IRoundLog rounds, ReplayAsThen replays, PaidBefore paid)
{
    /// <summary>Verifies a bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="pools">What the pool-years hold; found claims are taken out.</param>
    /// <param name="explained">Gets the ids of all reductions that replaying gives.</param>
    /// <param name="undecided">Gets the enterprises that cannot be decided: nothing of theirs can be compared, and a hold says so.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <returns>The first difference, or null, and how many entitlements were compared.</returns>
    public async Task<(string? Difference, long Claims)> HandleAsync(
        int bucket,
        FoundInPools pools,
        HashSet<string> explained,
        HashSet<Uscc> undecided,
        CancellationToken cancellationToken
    )
    {
        var closed = (await rounds.StandingAsync(cancellationToken)).Closed;
        if (closed == 0)
            return (null, 0);
        var stored = await claims.EntitlementsAsync(bucket, cancellationToken);
        var supplements = new Supplements(
            await claims.GrantsAsync(bucket, cancellationToken),
            (await claims.SupplementsAsync(bucket, cancellationToken)).Where(s => s.Value.Round <= closed).ToDictionary()
        );
        var held = await HeldAsync(bucket, closed, cancellationToken);
        foreach (var stretch in await replays.StretchesAsync(closed, cancellationToken))
        {
            var replayed = await stretch.Replay.UpToAsync(stretch.To, bucket, cancellationToken);
            undecided.UnionWith(replayed.Undecided);
            var taken = (await paid.ReadAsync(bucket, replayed.History.Codes, cancellationToken)).Keys.ToHashSet();
            if (CompareStretch(stretch, replayed, stored, supplements, taken, held, pools, explained) is { } difference)
                return (difference, stored.Count);
        }

        return (null, stored.Count);
    }

    private static string? CompareStretch(
        Stretch stretch,
        Replayed replayed,
        IReadOnlyDictionary<ClaimKey, Entitlement> stored,
        Supplements supplements,
        HashSet<ClaimKey> taken,
        HashSet<(Uscc, int)> held,
        FoundInPools pools,
        HashSet<string> explained
    )
    {
        var given = new HashSet<ClaimKey>();
        foreach (var (movement, of) in replayed.Movements)
        {
            var difference = movement switch
            {
                Movement.Claimed claimed => Compare(stretch, claimed, of, given, stored, taken, replayed.History, held),
                Movement.Limited limited => Compare(stretch, limited, of, stored, supplements, pools, explained),
                _ => throw new InvalidOperationException($"Unknown movement {movement.GetType().Name}."),
            };
            difference ??= movement is Movement.Claimed { Key.Number: > 0 } supplement
                ? Compare(stretch, supplement, stored, supplements, replayed.History, held)
                : null;
            if (difference is not null)
                return difference;
        }

        foreach (var (key, supplement) in supplements.InLine.Where(s => s.Value.Round >= stretch.From && s.Value.Round <= stretch.To))
        {
            if (!given.Contains(key) && !replayed.Undecided.Contains(key.Uscc))
                return $"supplement {key} of round {supplement.Round}: replaying the facts gives no such claim";
            if (!pools.Claims.Remove((supplement.Pool, supplement.Round, key), out var claim) || claim != supplement.Claim)
                return $"supplement {key}: its row and its claim in {supplement.Pool} round {supplement.Round} differ";
        }

        foreach (var (key, entitlement) in stored.Where(s => s.Value.Round >= stretch.From && s.Value.Round <= stretch.To))
        {
            if (!given.Contains(key) && !replayed.Undecided.Contains(key.Uscc))
                return $"claim {key} of round {entitlement.Round}: replaying the facts gives no such claim";
            if (entitlement.State != EntitlementState.Claimed)
                continue;
            if (!pools.Claims.Remove((entitlement.Pool, entitlement.Round, key), out var claim) || claim != entitlement.Claim)
                return $"claim {key}: its entitlement and its row in {entitlement.Pool} round {entitlement.Round} differ";
        }

        return null;
    }

    private static string? Compare(
        Stretch stretch,
        Movement.Claimed claimed,
        int of,
        HashSet<ClaimKey> given,
        IReadOnlyDictionary<ClaimKey, Entitlement> stored,
        HashSet<ClaimKey> taken,
        RoundHistory history,
        HashSet<(Uscc, int)> held
    )
    {
        given.Add(claimed.Key);
        if (stored.GetValueOrDefault(claimed.Key)?.Round < stretch.From)
            return null;
        var replay = stretch.Replay;
        var round = stored.TryGetValue(claimed.Key, out var entitlement) ? entitlement.Round : history.Last.Number + 1;
        for (var earlier = Math.Max(of, stretch.From); earlier < Math.Min(round, history.Last.Number + 1); earlier++)
        {
            if (!held.Contains((claimed.Key.Uscc, earlier)) && replay.Place(claimed, of, earlier, history) is not null)
                return $"claim {claimed.Key}: replaying the facts gives it in round {earlier}, {(entitlement is null ? "and it is not stored" : $"and it is stored in round {round}")}";
        }

        if (entitlement is null || round > history.Last.Number)
            return null;
        if (round < of || replay.Place(claimed, of, round, history) is not { } placed)
            return $"claim {claimed.Key}: stored in round {round}, which cannot have made it";
        if (placed.Claim != entitlement.Claim || placed.Pool != entitlement.Pool || placed.Moment != entitlement.Moment)
            return $"claim {claimed.Key}: stored with another amount, entry, facts or place than replaying round {round} gives";
        if (claimed.Receipt is { } decision && !IsSame(Receipt.Of(decision), entitlement.Receipt))
            return $"claim {claimed.Key}: its receipt is not the one that deciding its facts gives";
        var state =
            claimed.Key.Number > 0 ? EntitlementState.NeedsApproval
            : entitlement.State == EntitlementState.Taken && taken.Contains(claimed.Key) ? EntitlementState.Taken
            : EntitlementState.Claimed;
        return entitlement.State == state ? null : $"claim {claimed.Key}: is {entitlement.State} and has to be {state}";
    }

    /// <summary>A supplement stands in line exactly if two persons agreed to it, from the first round that could take it up.</summary>
    private static string? Compare(
        Stretch stretch,
        Movement.Claimed claimed,
        IReadOnlyDictionary<ClaimKey, Entitlement> stored,
        Supplements supplements,
        RoundHistory history,
        HashSet<(Uscc, int)> held
    )
    {
        var (key, replay) = (claimed.Key, stretch.Replay);
        var inLine = supplements.InLine.GetValueOrDefault(key);
        if (!supplements.Grants.TryGetValue(key, out var grant))
            return inLine is null ? null : $"supplement {key}: stands in line of round {inLine.Round}, and no two persons agreed to it";
        if (!stored.TryGetValue(key, out var entitlement))
            return $"supplement {key}: was agreed to and is not stored";
        if (grant.Identity != entitlement.Identity)
            return $"supplement {key}: two persons agreed to {grant.Identity}, and {entitlement.Identity} is stored";
        if (inLine?.Round < stretch.From)
            return null;
        var last = history.Last.Number;
        var round = inLine?.Round ?? last + 1;
        for (var earlier = Math.Max(entitlement.Round, stretch.From); earlier < Math.Min(round, last + 1); earlier++)
        {
            if (!held.Contains((key.Uscc, earlier)) && replay.PlaceSupplement(claimed, grant, earlier, history) is not null)
                return $"supplement {key}: joins the line in round {earlier}, {(inLine is null ? "and does not stand in it" : $"and stands in that of round {round}")}";
        }

        if (inLine is null || round > last)
            return null;
        if (!IsSame(entitlement.Receipt, inLine.Receipt))
            return $"supplement {key}: stands in line with another receipt than it was agreed to with";
        return
            replay.PlaceSupplement(claimed, grant, round, history) is { } placed
            && placed.Claim == inLine.Claim
            && placed.Pool == inLine.Pool
            && placed.Moment == inLine.Moment
            && inLine.State == EntitlementState.Claimed
            ? null
            : $"supplement {key}: stands in line with another amount, entry, facts or place than round {round} gives";
    }

    private static string? Compare(
        Stretch stretch,
        Movement.Limited limited,
        int of,
        IReadOnlyDictionary<ClaimKey, Entitlement> stored,
        Supplements supplements,
        FoundInPools pools,
        HashSet<string> explained
    )
    {
        var id = RoundLimit.IdOf(limited);
        explained.Add(id);
        if (!supplements.InLine.TryGetValue(limited.Key, out var entitlement) && !stored.TryGetValue(limited.Key, out entitlement))
            return null;
        if (entitlement.State != EntitlementState.Claimed)
            return null;
        if (entitlement.Round > stretch.To || (of < stretch.From && entitlement.Round < stretch.From))
            return null;
        return pools.Limits.ContainsKey((entitlement.Pool, id))
            ? null
            : $"claim {limited.Key}: the reduction to {limited.Limit.City} fen is missing in the log of {entitlement.Pool}";
    }

    private static bool IsSame(Receipt one, Receipt other) => CanonicalJson.Hash(one) == CanonicalJson.Hash(other);

    /// <summary>Enterprises that could not be decided, with the rounds that found it so.</summary>
    private async Task<HashSet<(Uscc, int)>> HeldAsync(int bucket, int closed, CancellationToken cancellationToken)
    {
        var held = new HashSet<(Uscc, int)>();
        for (var round = 1; round <= closed; round++)
        {
            foreach (var hold in await claims.HoldsAsync(bucket, round, cancellationToken))
            {
                if (hold.Code == MatchHold.DeciderFailed)
                    held.Add((hold.Uscc, round));
            }
        }

        return held;
    }

    /// <summary>The supplements of a bucket: agreed to, and standing in line.</summary>
    private sealed record Supplements(
        IReadOnlyDictionary<ClaimKey, SupplementGrant> Grants,
        IReadOnlyDictionary<ClaimKey, Entitlement> InLine
    );
}
