namespace Baotou.Payouts.Application.Describing;

/// <summary>Reads that do not need each other's answers.</summary>
internal static class SideBySide
{
    /// <summary>
    /// Most reads of one answer under way at once: a few payouts are one step, and nobody with hundreds takes the storage for himself.
    /// </summary>
    private const int Most = 8;

    /// <summary>What is read of each, in their order. If a read fails, those not begun are left out, and the failure is thrown.</summary>
    public static async Task<IReadOnlyList<TRead>> ReadAsync<TOf, TRead>(
        IReadOnlyList<TOf> all,
        Func<TOf, CancellationToken, Task<TRead>> readAsync,
        CancellationToken cancellationToken
    )
    {
        var read = new TRead[all.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Most, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, all.Count), options, async (at, stop) => read[at] = await readAsync(all[at], stop));
        return read;
    }
}
