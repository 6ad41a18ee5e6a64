using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>A payout row with the version its next transition must name.</summary>
public sealed record StoredPayout(Payout Payout, string Version);

/// <summary>Payout rows with all their transitions, and how far each pool-year's chain was carried into them.</summary>
public interface IPayoutStore
{
    /// <summary>
    /// Adds payouts of one bucket as they were made, each with its transition 0. Those that exist are left as they are;
    /// throws <see cref="InvalidOperationException"/> if one exists with another content.
    /// </summary>
    Task AddAsync(int bucket, IReadOnlyList<Payout> payouts, CancellationToken cancellationToken);

    /// <summary>One payout; null if there is none.</summary>
    Task<StoredPayout?> ReadAsync(string payoutId, CancellationToken cancellationToken);

    /// <summary>The payouts of a bucket in the order of their ids.</summary>
    IAsyncEnumerable<StoredPayout> ReadBucketAsync(int bucket, CancellationToken cancellationToken);

    /// <summary>
    /// The payouts of the bucket of another that stand behind it, in the order of their ids. There need be none of that id.
    /// </summary>
    IAsyncEnumerable<StoredPayout> ReadBehindAsync(string payoutId, CancellationToken cancellationToken);

    /// <summary>All transitions of the payouts of a bucket, by payout, then number.</summary>
    IAsyncEnumerable<Payout> ReadTransitionsAsync(int bucket, CancellationToken cancellationToken);

    /// <summary>All that a payout went through, from transition 0 on to what its row says; empty if there is none.</summary>
    Task<IReadOnlyList<Payout>> HistoryAsync(string payoutId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a transition: the row and its history in one transaction. False if somebody else was faster; nothing was written.
    /// </summary>
    Task<bool> MoveAsync(StoredPayout before, Payout after, CancellationToken cancellationToken);

    /// <summary>
    /// Writes transitions of several payouts of one bucket, many in a transaction. Where somebody else was faster with one of them, that
    /// one is left out.
    /// </summary>
    /// <returns>How many were written.</returns>
    Task<int> MoveAllAsync(int bucket, IReadOnlyList<(StoredPayout Before, Payout After)> moves, CancellationToken cancellationToken);

    /// <summary>The number of the last entry of a pool-year that was carried into payout rows.</summary>
    Task<(long Seq, string? Version)> OffsetAsync(PoolYear pool, CancellationToken cancellationToken);

    /// <summary>The offsets of these pool-years, 0 where nothing was carried yet; one look at all of them.</summary>
    Task<IReadOnlyDictionary<PoolYear, long>> OffsetsAsync(IReadOnlyList<PoolYear> pools, CancellationToken cancellationToken);

    /// <summary>Moves the offset. False if somebody else moved it.</summary>
    Task<bool> MoveOffsetAsync(PoolYear pool, long seq, string? version, CancellationToken cancellationToken);
}
