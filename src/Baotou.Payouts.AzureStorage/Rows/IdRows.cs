namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>Values in one partition under ids of 26 digits: each is added once and moved on by whoever names its version.</summary>
internal sealed class IdRows<T>(IRowStore rows, string table, string partition, Func<T, string> idOf)
    where T : class
{
    /// <summary>Adds one; answers what stands under its id: it, or an earlier one.</summary>
    public async Task<T> AddAsync(T value, CancellationToken cancellationToken)
    {
        var existing = await rows.AddMissingAsync(
            table,
            partition,
            [new RowWrite.Add(idOf(value), RowBody.Write(value))],
            cancellationToken
        );
        return existing.TryGetValue(idOf(value), out var row) ? RowBody.Read<T>(row) : value;
    }

    /// <summary>One with its version; null if there is none, also for an id that cannot be one.</summary>
    public async Task<(T Value, string Version)?> ReadAsync(string id, CancellationToken cancellationToken) =>
        id.Length == 26 && id.All(char.IsAsciiHexDigitLower) && await rows.GetAsync(table, partition, id, cancellationToken) is { } row
            ? (RowBody.Read<T>(row), row.Version)
            : null;

    /// <summary>All, in the order of their ids.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellationToken) =>
        await rows.ReadAllAsync<T>(table, partition, "0", "~", cancellationToken);

    /// <summary>Puts a value in the place of that version. False if somebody else was faster.</summary>
    public async Task<bool> MoveAsync(string version, T after, CancellationToken cancellationToken) =>
        await rows.CommitAsync(table, partition, [new RowWrite.Update(idOf(after), version, RowBody.Write(after))], cancellationToken)
        is CommitOutcome.Committed;
}
