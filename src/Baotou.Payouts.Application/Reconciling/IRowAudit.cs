namespace Baotou.Payouts.Application.Reconciling;

/// <summary>What going through every row found.</summary>
/// <param name="Broken">The first row that is no row of this store: changed without its seal, of no known kind, of the wrong form or under
/// the wrong key. Null if none is.</param>
/// <param name="Uncounted">The first log or census that does not fit its rows: one was taken away, added or changed. Null if all fit.
/// Whoever can say more says it first.</param>
/// <param name="Rows">Rows gone through.</param>
/// <param name="ClaimLines">Where claims stand: "pool/year round r". Each has to be announced, or belong to the open round.</param>
public sealed record RowsFound(
    string? Broken,
    string? Uncounted,
    long Rows,
    IReadOnlyList<(Domain.Pools.PoolYear Pool, int Round)> ClaimLines
);

/// <summary>Goes through every row of every table, whatever it is, and looks at each by itself and at how they are counted.</summary>
public interface IRowAudit
{
    /// <summary>What the kinds of rows are called that belong into the store.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>The kind of row that belongs under a key; null if none does.</summary>
    string? KindOf(string table, string partition, string row);

    /// <summary>Goes through all rows, stopping at the first broken one.</summary>
    /// <param name="progress">Called with the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    Task<RowsFound> HandleAsync(IProgress<double>? progress, CancellationToken cancellationToken);
}
