using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Describing;

/// <summary>One entry of a chain with the input it consumed and who is behind that.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Input">The input; null for a reservation.</param>
/// <param name="Act">The act of officers that submitted the input; null where a round or a payout did.</param>
/// <param name="Approval">The approval behind the act; null if there was none of its own.</param>
/// <param name="Problem">What does not fit: the hash before, the input's hash, or its act. Null if everything does.</param>
public sealed record TracedEntry(PoolEntry Entry, PoolInput? Input, Act? Act, Approval? Approval, string? Problem);

/// <summary>Tells the whole history of a pool-year, each hash worked out anew.</summary>
public sealed class TracePool(IPoolLog pools, IActLog acts, IApprovalStore approvals)
{
    /// <summary>All entries, from the first on.</summary>
    public async Task<IReadOnlyList<TracedEntry>> HandleAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var inputs = await pools.InputsAsync(pool, 0, cancellationToken);
        var done = (await acts.ListAsync(cancellationToken)).ToDictionary(a => a.Id, StringComparer.Ordinal);
        var approved = (await approvals.ListAsync(cancellationToken)).ToDictionary(a => Approvals.ActOf(a.Id), StringComparer.Ordinal);
        var traced = new List<TracedEntry>();
        var before = ContentHash.None;
        await foreach (var entry in pools.EntriesAsync(pool, 0, cancellationToken))
        {
            var input = entry.Input > 0 && entry.Input <= inputs.Count ? inputs[(int)entry.Input - 1].Input : null;
            var act = input is null ? null : done.GetValueOrDefault(OfficerActs.IdOf(pool, input.Id));
            var problem =
                entry.Previous != before ? $"it follows hash {entry.Previous}; the entry before has {before}"
                : entry.Input > 0 && (input is null || CanonicalJson.Hash(input) != entry.InputHash)
                    ? $"it consumed an input with hash {entry.InputHash}; input {entry.Input} has {(input is null ? "none" : CanonicalJson.Hash(input))}"
                : act is not null && act.What != CanonicalJson.Write(input!) ? "the act of officers says something else than the input"
                : null;
            traced.Add(new TracedEntry(entry, input, act, input is null ? null : approved.GetValueOrDefault(input.Id), problem));
            before = entry.Hash;
        }

        return traced;
    }
}
