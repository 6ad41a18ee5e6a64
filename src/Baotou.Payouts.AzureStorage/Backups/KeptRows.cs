using System.Globalization;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.AzureStorage.Stores;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.AzureStorage.Backups;

/// <summary>
/// Which rows of a backup a restored store gets. Rows behind their head came after it was read and are dropped; so is all of a round later
/// than the one that followed the closed ones. That one is opened again: its marks of done buckets are dropped, and matching writes what it
/// wrote before.
/// </summary>
internal sealed class KeptRows
{
    private readonly Dictionary<(string Table, string Partition), long> _heads = [];
    private readonly Dictionary<string, SortedList<int, bool>> _segments = [];
    private readonly Dictionary<string, int> _versions = [];
    private readonly Dictionary<int, Round> _rounds = [];
    private PlacedRow? _standing;

    /// <summary>The last round that was closed when the backup was begun.</summary>
    public int Closed => (int)(_standing?.Columns.Number("closed") ?? 0);

    /// <summary>Number of the last act on a switch; 0 if there is none.</summary>
    public long LastSwitch { get; private set; }

    /// <summary>Notes what a row says of others; every row is seen once before any is judged.</summary>
    public void See(PlacedRow row)
    {
        switch (row)
        {
            case { Table: StorageKeys.Rounds, Partition: StorageKeys.RoundStanding, RowKey: StorageKeys.Head }:
                _standing = row;
                break;
            case { Table: StorageKeys.Rounds, Partition: StorageKeys.RoundStanding } when RoundOf(row.RowKey) - Closed is 0 or 1:
                _rounds[RoundOf(row.RowKey)] = RowBody.Read<Round>(Stored(row));
                break;
            case { Table: StorageKeys.Facts or StorageKeys.Audit, RowKey: StorageKeys.Head }
            or { Table: StorageKeys.PoolLog, RowKey: StorageKeys.Tail }:
                _heads[(row.Table, row.Partition)] = row.Columns.Number("n");
                break;
            case { Table: StorageKeys.PoolChain, RowKey: StorageKeys.Head }:
                _heads[(row.Table, row.Partition)] = RowBody.Read<PoolHead>(Stored(row)).Seq;
                var (pool, segment) = Segment(row.Partition);
                if (!_segments.TryGetValue(pool, out var segments))
                    _segments[pool] = segments = [];
                segments[segment] = row.Columns.Flag("sealed");
                break;
            case { Table: StorageKeys.Acts, Partition: StorageKeys.AllSwitches }:
                LastSwitch = Math.Max(LastSwitch, Number(row.RowKey));
                break;
            case { Table: StorageKeys.Payouts, RowKey: ['p', ..] } when row.Partition != StorageKeys.Offsets:
                _versions[row.RowKey[1..]] = RowBody.Read<Payout>(Stored(row)).Version;
                break;
        }
    }

    /// <summary>The row as the restored store gets it; null if it gets none.</summary>
    public PlacedRow? Judge(PlacedRow row) =>
        row switch
        {
            { Table: StorageKeys.Rounds, Partition: StorageKeys.RoundStanding, RowKey: StorageKeys.Head } => Reopened(row),
            { Table: StorageKeys.Rounds, Partition: var p } when p.StartsWith("done!", StringComparison.Ordinal) => Keep(
                row,
                RoundOf(p["done!".Length..]) <= Closed
            ),
            { Table: StorageKeys.Rounds } => Keep(row, RoundOf(row.RowKey) <= Closed + 1),
            { Table: StorageKeys.Claims, Partition: var p } => Keep(
                row,
                RoundOf(p.Split('!').First(part => part is ['r', _, _, _, _, _, _] && part.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0))
                    <= Closed + 1
            ),
            { Table: StorageKeys.Entitlements, Partition: ['b', ..] } => Keep(
                row,
                RowBody.Read<Entitlement>(Stored(row)).Round <= Closed + 1
            ),
            { Table: StorageKeys.Holds, RowKey: StorageKeys.CurrentHolds } => Keep(row, row.Columns.Number("round") <= Closed + 1),
            { Table: StorageKeys.Holds } => Keep(row, RoundOf(row.RowKey.Split('!')[0]) <= Closed + 1),
            { Table: StorageKeys.Facts, RowKey: ['f', ..] } => Keep(row, Number(row.RowKey) <= HeadOf(row)),
            { Table: StorageKeys.Audit, Partition: StorageKeys.AuditPlaces } => Keep(row, _heads.ContainsKey((row.Table, row.RowKey))),
            { Table: StorageKeys.Audit, RowKey: ['a', ..] } => Keep(row, Number(row.RowKey) <= HeadOf(row)),
            { Table: StorageKeys.PoolLog, RowKey: ['i', ..] } when row.Partition != StorageKeys.PoolYears => Keep(
                row,
                Number(row.RowKey) <= HeadOf(row)
            ),
            { Table: StorageKeys.PoolLog, RowKey: ['k', ..] } when row.Partition != StorageKeys.PoolYears => Keep(
                row,
                row.Columns.Number("n") <= HeadOf(row)
            ),
            { Table: StorageKeys.PoolChain, RowKey: StorageKeys.Head } => Keep(row, IsReached(row.Partition)),
            { Table: StorageKeys.PoolChain } => Keep(row, IsReached(row.Partition) && Number(row.RowKey) <= HeadOf(row)),
            { Table: StorageKeys.Payouts, RowKey: ['t', ..] } when row.Partition != StorageKeys.Offsets => Keep(
                row,
                IsReachedTransition(row.RowKey)
            ),
            _ => row,
        };

    // Kept, with all its other columns: the round after the closed ones is open if there is one, and the last one is named.
    private PlacedRow Reopened(PlacedRow row)
    {
        var columns = new RowColumns();
        foreach (var (name, value) in row.Columns)
            columns[name] = value;
        var isOpen = _rounds.ContainsKey(Closed + 1);
        columns["open"] = isOpen ? Closed + 1L : 0L;
        columns.Remove(RoundLog.OpenedColumn);
        if (_rounds.GetValueOrDefault(isOpen ? Closed + 1 : Closed) is { Before: not null } last)
            columns[RoundLog.OpenedColumn] = last.Hash.Hex;
        return row with { Columns = columns };
    }

    private bool IsReached(string partition)
    {
        var (pool, segment) = Segment(partition);
        return _segments.TryGetValue(pool, out var segments)
            && segments.ContainsKey(segment)
            && segments.TakeWhile(s => s.Key < segment).All(s => s.Value);
    }

    private bool IsReachedTransition(string rowKey)
    {
        var at = rowKey.LastIndexOf('!');
        return _versions.TryGetValue(rowKey[1..at], out var version)
            && int.Parse(rowKey.AsSpan(at + 1), CultureInfo.InvariantCulture) <= version;
    }

    private long HeadOf(PlacedRow row) => _heads.GetValueOrDefault((row.Table, row.Partition));

    private static PlacedRow? Keep(PlacedRow row, bool kept) => kept ? row : null;

    private static StoredRow Stored(PlacedRow row) => new(row.RowKey, "", row.Columns);

    private static int RoundOf(string key) => (int)Number(key);

    private static long Number(string key) => long.Parse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    private static (string Pool, int Segment) Segment(string partition)
    {
        var at = partition.LastIndexOf('!');
        return (partition[..at], int.Parse(partition.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
