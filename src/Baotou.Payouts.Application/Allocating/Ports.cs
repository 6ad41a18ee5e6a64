using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Allocating;

/// <summary>A head as it was read, with what its next commit must name.</summary>
/// <param name="Head">The fold's state.</param>
/// <param name="Segment">Number of the segment whose partition holds it.</param>
/// <param name="Room">Entries that still fit into the segment; at least 1.</param>
/// <param name="Version">The ETag.</param>
public sealed record StoredHead(PoolHead Head, int Segment, int Room, string Version);

/// <summary>An input with its number in the log.</summary>
public sealed record NumberedInput(long Number, PoolInput Input);

/// <summary>Input logs, heads and chains of the pool-years.</summary>
public interface IPoolLog
{
    /// <summary>All pool-years that have an input, in the order of pool and year.</summary>
    Task<IReadOnlyList<PoolYear>> ListAsync(CancellationToken cancellationToken);

    /// <summary>All pool-years that were opened, closed ones too, in the order of pool and year.</summary>
    async Task<IReadOnlyList<PoolYear>> OpenedAsync(CancellationToken cancellationToken)
    {
        var opened = new List<PoolYear>();
        foreach (var pool in await ListAsync(cancellationToken))
        {
            if ((await InputsAsync(pool, 0, cancellationToken)).FirstOrDefault()?.Input is PoolInput.Open)
                opened.Add(pool);
        }

        return opened;
    }

    /// <summary>
    /// Submits an act, once for ever: a repeat answers the number it got first. Throws <see cref="InvalidOperationException"/> if the same
    /// id stands there with other content.
    /// </summary>
    Task<long> SubmitAsync(PoolYear pool, PoolInput input, CancellationToken cancellationToken);

    /// <summary>Inputs with numbers above <paramref name="after"/>, in order, without a gap.</summary>
    Task<IReadOnlyList<NumberedInput>> InputsAsync(PoolYear pool, long after, CancellationToken cancellationToken);

    /// <summary>The head of the open segment; a fresh one before the first entry.</summary>
    Task<StoredHead> ReadHeadAsync(PoolYear pool, CancellationToken cancellationToken);

    /// <summary>
    /// Writes entries and the head after them in one transaction. False if somebody else was faster: nothing was written.
    /// </summary>
    /// <param name="pool">The pool-year.</param>
    /// <param name="before">The head that was read.</param>
    /// <param name="after">The head after the last entry.</param>
    /// <param name="entries">1 to 99 entries, at most <see cref="StoredHead.Room"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<bool> CommitAsync(
        PoolYear pool,
        StoredHead before,
        PoolHead after,
        IReadOnlyList<PoolEntry> entries,
        CancellationToken cancellationToken
    );

    /// <summary>The heads that full segments were left with, in order.</summary>
    IAsyncEnumerable<PoolHead> SealedHeadsAsync(PoolYear pool, CancellationToken cancellationToken);

    /// <summary>Entries with numbers above <paramref name="after"/>, in order.</summary>
    IAsyncEnumerable<PoolEntry> EntriesAsync(PoolYear pool, long after, CancellationToken cancellationToken);
}
