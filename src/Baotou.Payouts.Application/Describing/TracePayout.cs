using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Describing;

/// <summary>One link of the way from facts to a payout, with what was checked of it.</summary>
/// <param name="Step">What it is: <c>fact</c>, <c>list</c>, <c>receipt</c>, <c>claim</c>, <c>entry</c> or <c>payout</c>.</param>
/// <param name="Says">What it says, for people.</param>
/// <param name="Hash">Its hash, worked out anew; null where it has none.</param>
/// <param name="Problem">What does not fit; null if everything does.</param>
public sealed record TraceLink(string Step, string Says, ContentHash? Hash, string? Problem)
{
    /// <summary>Whether everything checked of it fits.</summary>
    public bool Holds => Problem is null;
}

/// <summary>
/// Follows a payout back to the facts: the decision replayed from the frozen facts with the entry of the list it was made by, its receipt,
/// its claim, its place in the chain and its transitions, each hash worked out anew and compared with what stands in the next link.
/// </summary>
public sealed class TracePayout(IPayoutStore payouts, IClaimStore claims, IPoolLog pools, IRoundLog rounds, ReplayAsThen replays)
{
    /// <summary>The links from the facts to the last transition; empty if there is no such payout.</summary>
    public async Task<IReadOnlyList<TraceLink>> HandleAsync(string payoutId, CancellationToken cancellationToken)
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { Payout: var payout })
            return [];
        var bucket = PayoutId.BucketOf(payoutId)!.Value;
        var made = (await claims.EntitlementsAsync(bucket, payout.Claim.Uscc, cancellationToken)).GetValueOrDefault(payout.Claim);
        var links = new List<TraceLink>();
        if (made is null)
            links.Add(new("claim", $"claim {payout.Claim}", null, "no entitlement of that claim is stored"));
        else
            await DecisionAsync(made, bucket, links, cancellationToken);
        await ChainAsync(payout, made, links, cancellationToken);
        return links;
    }

    private async Task DecisionAsync(Entitlement made, int bucket, List<TraceLink> links, CancellationToken cancellationToken)
    {
        var round = await rounds.ReadAsync(made.Round, cancellationToken);
        var replay = await replays.OfAsync(round, cancellationToken);
        if (await replay.ClaimAsync(made.Claim.Key, made.Round, bucket, cancellationToken) is not var (claimed, of, history))
        {
            links.Add(new("receipt", $"decision of round {made.Round}", null, "replaying the facts gives no such claim"));
            return;
        }

        foreach (var fact in claimed.Facts)
            links.Add(
                new(
                    "fact",
                    $"{fact.Source}/{fact.RecordId}: {fact.Kind}{(fact.Period.Length > 0 ? " " + fact.Period : "")}, recorded {fact.RecordedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}",
                    fact.Hash,
                    null
                )
            );
        links.Add(
            new(
                "fact",
                $"{claimed.Facts.Count} facts together",
                claimed.FactsHash,
                Unlike(claimed.FactsHash, made.Claim.FactsHash, "the claim rests on")
            )
        );
        links.Add(
            new(
                "list",
                $"entry {claimed.Entry.Id}, published {claimed.Entry.PublishedOn:yyyy-MM-dd}, of list {round.Catalogue.Hex[..12]}",
                claimed.Entry.Hash,
                Unlike(claimed.Entry.Hash, made.Claim.EntryHash, "the claim names entry")
            )
        );
        var receipt = Receipt.Of(claimed.Receipt!);
        var (stored, replayed) = (CanonicalJson.Hash(made.Receipt), CanonicalJson.Hash(receipt));
        links.Add(
            new(
                "receipt",
                $"{receipt.Due.ToYuanText()} yuan due: {receipt.Arithmetic.Zh}",
                replayed,
                Unlike(replayed, stored, "the stored receipt has")
            )
        );
        var placed = replay.Place(claimed, of, made.Round, history);
        links.Add(
            new(
                "claim",
                $"{made.Claim.Amount.ToYuanText()} yuan of the city in {made.Pool}, round {made.Round}, counted at {made.Moment:yyyy-MM-dd'T'HH:mm:ss'Z'}{(made.Claim.Late ? ", late" : "")}",
                CanonicalJson.Hash(made.Claim),
                placed is null || placed.Claim != made.Claim || placed.Pool != made.Pool
                    ? $"replaying gives {(placed is null ? "none" : CanonicalJson.Write(placed.Claim))}"
                    : null
            )
        );
    }

    private async Task ChainAsync(Payout payout, Entitlement? made, List<TraceLink> links, CancellationToken cancellationToken)
    {
        PoolEntry? before = null,
            entry = null;
        await foreach (var one in pools.EntriesAsync(payout.Pool, Math.Max(0, payout.EntrySeq - 2), cancellationToken))
        {
            if (one.Seq == payout.EntrySeq)
                entry = one;
            if (one.Seq >= payout.EntrySeq)
                break;
            before = one;
        }

        var history = await payouts.HistoryAsync(payout.Id, cancellationToken);
        if (entry is null)
        {
            links.Add(new("entry", $"{payout.Pool} entry {payout.EntrySeq}", null, "the chain has no such entry"));
        }
        else
        {
            if (await LineAsync(payout, entry, made, cancellationToken) is { } line)
                links.Add(line);
            links.Add(
                new(
                    "entry",
                    $"{payout.Pool} entry {entry.Seq}: {entry.Amount.ToYuanText()} yuan {WireWords.Of(entry.Kind)}, {entry.Free.ToYuanText()} left free",
                    entry.Hash,
                    entry.Previous != (before?.Hash ?? ContentHash.None)
                        ? $"it follows entry {entry.Seq - 1} with hash {entry.Previous}; the stored one has {before?.Hash}"
                        : Unlike(entry.ClaimHash, payout.ClaimHash, "the payout names claim")
                )
            );
        }

        for (var i = 0; i < history.Count; i++)
        {
            var version = history[i];
            var problem =
                i > 0 ? PayoutHistory.Problem(history[i - 1], version)
                : entry is not null && Payout.From(entry, payout.Pool, 1) with { Id = IdOf(payout, entry) } != version
                    ? "its entry makes another payout"
                : null;
            if (i == history.Count - 1 && version != payout)
                problem ??= "the payout's row differs from its last transition";
            links.Add(
                new(
                    "payout",
                    $"{i}: {WireWords.Of(version.State)}{(version.Note.Length > 0 ? $" ({version.Note})" : "")}{(version.Request is { } r ? $", asked by {r.Subject}" : "")}",
                    CanonicalJson.Hash(version),
                    problem
                )
            );
        }
    }

    /// <summary>
    /// The claim as it stands in the line that the entry serves: the round's own, or, of a carried claim, what it still lacked.
    /// </summary>
    private async Task<TraceLink?> LineAsync(Payout payout, PoolEntry entry, Entitlement? made, CancellationToken cancellationToken)
    {
        var line = await claims.ClaimsAsync(payout.Pool, entry.Round, cancellationToken);
        if (entry.Place >= line.Count)
            return new("claim", $"place {entry.Place} of round {entry.Round} in {payout.Pool}", null, "nothing stands there");
        var claim = line[(int)entry.Place];
        var hash = CanonicalJson.Hash(claim);
        var problem =
            Unlike(hash, entry.ClaimHash, "the entry serves claim")
            ?? (
                claim.Key != payout.Claim ? $"claim {claim.Key} stands there"
                : entry.Round == made?.Round && claim != made.Claim ? "it differs from the entitlement"
                : null
            );
        return new(
            "claim",
            $"place {entry.Place} of round {entry.Round} in {payout.Pool}{(entry.Round == 0 ? ", carried in from the year before" : "")}",
            hash,
            problem
        );
    }

    private static string IdOf(Payout payout, PoolEntry entry) =>
        PayoutId.Of(PayoutId.BucketOf(payout.Id)!.Value, entry.Claim!, entry.Part);

    private static string? Unlike(ContentHash? here, ContentHash? there, string who) => here == there ? null : $"{who} {there}";
}
