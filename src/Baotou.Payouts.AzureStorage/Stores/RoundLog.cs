using System.Collections.Concurrent;
using System.Globalization;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Rounds: the standing and the round's row are written in one transaction, so at most one round is open.</summary>
internal sealed class RoundLog(IRowStore rows) : IRoundLog
{
    /// <summary>The column of the standing with the hash of the round that was opened last.</summary>
    internal const string OpenedColumn = "opened";

    private readonly ConcurrentDictionary<int, Round> _read = new();

    public void Forget() => _read.Clear();

    public async Task<RoundStanding> StandingAsync(CancellationToken cancellationToken) =>
        (await ReadStandingAsync(cancellationToken)).Standing;

    public async Task<StoredStanding> ReadStandingAsync(CancellationToken cancellationToken)
    {
        var row = await rows.GetAsync(StorageKeys.Rounds, StorageKeys.RoundStanding, StorageKeys.Head, cancellationToken);
        return row is null
            ? new(new(0, 0), null)
            : new(
                new((int)row.Columns.Number("closed"), (int)row.Columns.Number("open")),
                row.Version,
                row.Columns.ContainsKey(OpenedColumn) ? new(row.Columns.Text(OpenedColumn)) : null
            );
    }

    public async Task<bool> OpenAsync(Round round, StoredStanding before, CancellationToken cancellationToken)
    {
        if (before.Standing.Open != 0 || before.Standing.Closed != round.Number - 1)
            throw new ArgumentException(
                $"Round {round.Number} cannot follow a standing of {before.Standing.Closed} closed and {before.Standing.Open} open.",
                nameof(before)
            );
        return await rows.CommitAsync(
                StorageKeys.Rounds,
                StorageKeys.RoundStanding,
                [
                    Move(before with { Opened = round.Hash }, before.Standing with { Open = round.Number }),
                    new RowWrite.Add(StorageKeys.RoundRow(round.Number), RowBody.Write(round)),
                ],
                cancellationToken
            ) is CommitOutcome.Committed;
    }

    public async Task<bool> RenewAsync(StoredStanding before, CancellationToken cancellationToken) =>
        await rows.CommitAsync(StorageKeys.Rounds, StorageKeys.RoundStanding, [Move(before, before.Standing)], cancellationToken)
        is CommitOutcome.Committed;

    public async Task CloseAsync(int round, CancellationToken cancellationToken)
    {
        while (await ReadStandingAsync(cancellationToken) is var before && before.Standing.Open == round)
        {
            if (
                await rows.CommitAsync(
                    StorageKeys.Rounds,
                    StorageKeys.RoundStanding,
                    [Move(before, new RoundStanding(round, 0))],
                    cancellationToken
                ) is CommitOutcome.Committed
            )
                return;
        }
    }

    public async Task<Round> ReadAsync(int round, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(round, out var known))
            return known;
        var row =
            await rows.GetAsync(StorageKeys.Rounds, StorageKeys.RoundStanding, StorageKeys.RoundRow(round), cancellationToken)
            ?? throw new KeyNotFoundException($"There is no round {round}.");
        return _read[round] = RowBody.Read<Round>(row);
    }

    public async Task<long> FreezeAsync(int round, int bucket, long upTo, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.FreezePartition(bucket);
        var add = new RowWrite.Add(StorageKeys.RoundRow(round), new RowColumns { ["upTo"] = upTo });
        var existing = await rows.AddMissingAsync(StorageKeys.Rounds, partition, [add], cancellationToken);
        return existing.Values.FirstOrDefault()?.Columns.Number("upTo") ?? upTo;
    }

    public async Task<IReadOnlyList<long>> FreezesAsync(int bucket, int upToRound, CancellationToken cancellationToken)
    {
        var freezes = new List<long>();
        await foreach (
            var row in rows.QueryAsync(
                StorageKeys.Rounds,
                StorageKeys.FreezePartition(bucket),
                StorageKeys.RoundRow(1),
                StorageKeys.RoundRow(upToRound + 1),
                cancellationToken
            )
        )
        {
            freezes.Add(row.Columns.Number("upTo"));
        }

        if (freezes.Count != upToRound)
            throw new InvalidDataException($"Bucket {bucket} has {freezes.Count} freezes for {upToRound} rounds.");
        return freezes;
    }

    public Task MarkDoneAsync(int round, int bucket, CancellationToken cancellationToken) =>
        rows.PutAllAsync(
            StorageKeys.Rounds,
            StorageKeys.DonePartition(round),
            [new RowWrite.Put(StorageKeys.BucketPartition(bucket), new RowColumns { ["done"] = true })],
            cancellationToken
        );

    public async Task<IReadOnlySet<int>> DoneAsync(int round, CancellationToken cancellationToken)
    {
        var done = new HashSet<int>();
        await foreach (var row in rows.QueryAsync(StorageKeys.Rounds, StorageKeys.DonePartition(round), "b", "c", cancellationToken))
            done.Add(int.Parse(row.RowKey.AsSpan(1), CultureInfo.InvariantCulture));
        return done;
    }

    /// <summary>Moves the standing on; the round that was opened last stays the same.</summary>
    private static RowWrite Move(StoredStanding before, RoundStanding after)
    {
        var columns = new RowColumns { ["closed"] = (long)after.Closed, ["open"] = (long)after.Open };
        if (before.Opened is { } opened)
            columns[OpenedColumn] = opened.Hex;
        return before.Version is { } version
            ? new RowWrite.Update(StorageKeys.Head, version, columns)
            : new RowWrite.Add(StorageKeys.Head, columns);
    }
}
