using System.Collections.Concurrent;
using System.Globalization;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Rounds: the standing and the round's row are written in one transaction, so at most one round is open.</summary>
internal sealed class RoundLog(IRowStore rows) : IRoundLog
{
    private readonly ConcurrentDictionary<int, Round> _read = new();

    public void Forget() => _read.Clear();

    public async Task<RoundStanding> StandingAsync(CancellationToken cancellationToken) => ToStanding(await ReadStandingAsync(cancellationToken));

    public async Task<bool> OpenAsync(Round round, CancellationToken cancellationToken)
    {
        var row = await ReadStandingAsync(cancellationToken);
        var standing = ToStanding(row);
        if (standing.Open != 0 || standing.Closed != round.Number - 1) return false;
        var open = Columns(standing with { Open = round.Number });
        RowWrite head = row is null ? new RowWrite.Add(StorageKeys.Head, open) : new RowWrite.Update(StorageKeys.Head, row.Version, open);
        return await rows.CommitAsync(
            StorageKeys.Rounds, StorageKeys.RoundStanding, [head, new RowWrite.Add(StorageKeys.RoundRow(round.Number), RowBody.Write(round))], cancellationToken) is CommitOutcome.Committed;
    }

    public async Task CloseAsync(int round, CancellationToken cancellationToken)
    {
        while (await ReadStandingAsync(cancellationToken) is { } row && ToStanding(row).Open == round)
        {
            var update = new RowWrite.Update(StorageKeys.Head, row.Version, Columns(new RoundStanding(round, 0)));
            if (await rows.CommitAsync(StorageKeys.Rounds, StorageKeys.RoundStanding, [update], cancellationToken) is CommitOutcome.Committed) return;
        }
    }

    public async Task<Round> ReadAsync(int round, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(round, out var known)) return known;
        var row = await rows.GetAsync(StorageKeys.Rounds, StorageKeys.RoundStanding, StorageKeys.RoundRow(round), cancellationToken)
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
        await foreach (var row in rows.QueryAsync(
            StorageKeys.Rounds, StorageKeys.FreezePartition(bucket), StorageKeys.RoundRow(1), StorageKeys.RoundRow(upToRound + 1), cancellationToken))
        {
            freezes.Add(row.Columns.Number("upTo"));
        }

        if (freezes.Count != upToRound) throw new InvalidDataException($"Bucket {bucket} has {freezes.Count} freezes for {upToRound} rounds.");
        return freezes;
    }

    public Task MarkDoneAsync(int round, int bucket, CancellationToken cancellationToken) =>
        rows.PutAllAsync(StorageKeys.Rounds, StorageKeys.DonePartition(round), [new RowWrite.Put(StorageKeys.BucketPartition(bucket), new RowColumns { ["done"] = true })], cancellationToken);

    public async Task<IReadOnlySet<int>> DoneAsync(int round, CancellationToken cancellationToken)
    {
        var done = new HashSet<int>();
        await foreach (var row in rows.QueryAsync(StorageKeys.Rounds, StorageKeys.DonePartition(round), "b", "c", cancellationToken))
            done.Add(int.Parse(row.RowKey.AsSpan(1), CultureInfo.InvariantCulture));
        return done;
    }

    private Task<StoredRow?> ReadStandingAsync(CancellationToken cancellationToken) =>
        rows.GetAsync(StorageKeys.Rounds, StorageKeys.RoundStanding, StorageKeys.Head, cancellationToken);

    private static RoundStanding ToStanding(StoredRow? row) => row is null ? new(0, 0) : new((int)row.Columns.Number("closed"), (int)row.Columns.Number("open"));

    private static RowColumns Columns(RoundStanding standing) => new() { ["closed"] = (long)standing.Closed, ["open"] = (long)standing.Open };
}
