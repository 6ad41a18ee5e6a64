using System.Globalization;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.AzureStorage.Stores;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.AzureStorage.Verifying;

/// <summary>Counts rows as they are gone through, and compares with what censuses and logs say of them.</summary>
internal sealed class RowCounts
{
    private readonly SortedDictionary<(string Table, string Partition), Counted> _counted = [];
    private readonly SortedDictionary<string, FactChain> _facts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, InputLog> _logs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PoolYear> _pools = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _done = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, bool?> _segments = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _offsets = new(StringComparer.Ordinal);
    private (long Closed, long Open) _rounds;

    /// <summary>Where claims stand.</summary>
    public IReadOnlyList<(PoolYear Pool, int Round)> ClaimLines { get; private set; } = [];

    /// <summary>Counts a row whose form was found right.</summary>
    public void Add(string table, string partition, StoredRow row)
    {
        if (row.RowKey == Census.RowKey || StorageKeys.IsCounted(table, partition, row.RowKey))
            AddCounted(table, partition, row);
        switch (table)
        {
            case StorageKeys.Facts:
                Of(_facts, partition).Add(row);
                break;
            case StorageKeys.PoolLog when partition == StorageKeys.PoolYears:
                AddPool(row);
                break;
            case StorageKeys.PoolLog:
                Of(_logs, partition).Add(row);
                break;
            case StorageKeys.PoolChain:
                _segments[partition] = row.RowKey == StorageKeys.Head ? row.Columns.Flag("sealed") : _segments.GetValueOrDefault(partition);
                break;
            case StorageKeys.Payouts when partition == StorageKeys.Offsets && row.RowKey != Census.RowKey:
                _offsets.Add(row.RowKey);
                break;
            case StorageKeys.Rounds when partition == StorageKeys.RoundStanding && row.RowKey == StorageKeys.Head:
                _rounds = (row.Columns.Number("closed"), row.Columns.Number("open"));
                break;
            case StorageKeys.Rounds when partition.StartsWith("done!", StringComparison.Ordinal):
                _done.Add(partition);
                break;
            case StorageKeys.Claims when !partition.StartsWith("limits!", StringComparison.Ordinal):
                _lines.Add(partition);
                break;
        }
    }

    /// <summary>
    /// A segment of a chain that has lost its head; null if none has. Nothing may be read of such a pool, or it begins anew.
    /// </summary>
    public string? Headless() =>
        _segments.FirstOrDefault(s => s.Value is null).Key is { } segment
            ? $"table {StorageKeys.PoolChain}, partition '{segment}': has entries, and row '{StorageKeys.Head}' is missing"
            : null;

    /// <summary>The first count that does not fit; null if all do.</summary>
    public string? Problem() =>
        LogProblem()
        ?? LineProblem()
        ?? DoneProblem()
        ?? _facts
            .Select(f => f.Value.Problem() is { } problem ? $"table {StorageKeys.Facts}, partition '{f.Key}': {problem}" : null)
            .FirstOrDefault(p => p is not null)
        ?? _counted
            .Select(c => c.Value.Problem() is { } problem ? $"table {c.Key.Table}, partition '{c.Key.Partition}': {problem}" : null)
            .FirstOrDefault(p => p is not null);

    private string? LogProblem()
    {
        foreach (var (partition, log) in _logs)
        {
            if (!_pools.ContainsKey(partition[..^"!log".Length]))
                return $"table {StorageKeys.PoolLog}, partition '{partition}': the list of pool-years lacks it";
            if (log.Problem() is { } problem)
                return $"table {StorageKeys.PoolLog}, partition '{partition}': {problem}";
        }

        if (_offsets.FirstOrDefault(o => !_pools.ContainsKey(o)) is { } offset)
            return $"table {StorageKeys.Payouts}, partition '{StorageKeys.Offsets}', row '{offset}': the list of pool-years lacks it";
        if (_segments.Keys.FirstOrDefault(s => Before(s) is { } before && _segments.GetValueOrDefault(before) is not true) is { } early)
            return $"table {StorageKeys.PoolChain}, partition '{early}': begins before the segment ahead of it is full";
        return _segments.Keys.FirstOrDefault(s => !_pools.ContainsKey(s[..s.LastIndexOf('!')])) is { } stray
            ? $"table {StorageKeys.PoolChain}, partition '{stray}': the list of pool-years lacks it"
            : null;
    }

    private static string? Before(string segment) =>
        NumberIn(segment[^6..]) is > 0 and var number ? segment[..^6] + (number - 1).ToString("D6", CultureInfo.InvariantCulture) : null;

    private string? LineProblem()
    {
        var lines = new List<(PoolYear, int)>();
        foreach (var line in _lines)
        {
            var at = line.LastIndexOf('!');
            if (!_pools.TryGetValue(line[..at], out var pool))
                return $"table {StorageKeys.Claims}, partition '{line}': the list of pool-years lacks its pool";
            lines.Add((pool, NumberIn(line[(at + 2)..])));
        }

        ClaimLines = lines;
        return null;
    }

    private string? DoneProblem() =>
        _done.FirstOrDefault(d =>
            NumberIn(d["done!r".Length..]) is var round && (round < 1 || (round > _rounds.Closed && round != _rounds.Open))
        )
            is { } stray
            ? $"table {StorageKeys.Rounds}, partition '{stray}': there is no such round; closed are {_rounds.Closed}, open is {_rounds.Open}"
            : null;

    private void AddPool(StoredRow row)
    {
        if (row.RowKey != Census.RowKey)
            _pools[row.RowKey] = RowBody.Read<PoolYear>(row);
    }

    private static int NumberIn(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private void AddCounted(string table, string partition, StoredRow row)
    {
        var counted = Of(_counted, (table, partition));
        if (row.RowKey == Census.RowKey)
            counted.Kept = Census.Read(row);
        else
            counted.Found = counted.Found.With(row.Columns.Text(RowSeal.Column));
    }

    private static T Of<TKey, T>(SortedDictionary<TKey, T> all, TKey key)
        where TKey : notnull
        where T : new()
    {
        if (!all.TryGetValue(key, out var value))
            all[key] = value = new T();
        return value;
    }

    private sealed class Counted
    {
        public Census Found { get; set; } = Census.Empty;

        public Census? Kept { get; set; }

        public string? Problem() =>
            Kept == Found ? null
            : Kept is null ? $"{Found.Rows} rows, and no row '{Census.RowKey}' that counts them"
            : Kept.Rows == Found.Rows ? $"one of its {Found.Rows} rows is not as it was written, or row '{Census.RowKey}' is not"
            : $"{Found.Rows} rows; row '{Census.RowKey}' counts {Kept.Rows}";
    }

    private sealed class FactChain
    {
        private string _hash = ContentHash.None.Hex;
        private long _n;
        private string? _gap;
        private (long N, string Hash)? _head;

        public void Add(StoredRow row)
        {
            if (row.RowKey == StorageKeys.Head)
            {
                _head = (row.Columns.Number("n"), row.Columns.Text("hash"));
                return;
            }

            if (row.RowKey != StorageKeys.FactRow(++_n))
                _gap ??= $"fact {_n} is missing; the log goes on with row '{row.RowKey}'";
            _hash = FactLog.Roll(_hash, RowBody.Read<Fact>(row));
        }

        public string? Problem() =>
            _gap
            ?? (
                _head is not { } head ? $"{_n} facts and no row '{StorageKeys.Head}'"
                : head.N != _n ? $"{_n} facts; row '{StorageKeys.Head}' says {head.N}"
                : head.Hash != _hash
                    ? $"one of its {_n} facts is not as it was stored: together they have the hash {_hash}, and row '{StorageKeys.Head}' says {head.Hash}"
                : null
            );
    }

    private sealed class InputLog
    {
        private readonly Dictionary<long, (string Id, string Hash)> _inputs = [];
        private readonly Dictionary<string, (long N, string Hash)> _ids = new(StringComparer.Ordinal);
        private long? _tail;

        public void Add(StoredRow row)
        {
            if (row.RowKey == StorageKeys.Tail)
                _tail = row.Columns.Number("n");
            else if (row.RowKey[0] == 'k')
                _ids[row.RowKey] = (row.Columns.Number("n"), row.Columns.Text("hash"));
            else
                AddInput(long.Parse(row.RowKey.AsSpan(1), CultureInfo.InvariantCulture), RowBody.Read<PoolInput>(row));
        }

        public string? Problem()
        {
            if (_tail != _inputs.Count)
                return $"{_inputs.Count} inputs; row '{StorageKeys.Tail}' {(_tail is { } tail ? $"says {tail}" : "is missing")}";
            for (var n = 1L; n <= _inputs.Count; n++)
            {
                if (!_inputs.TryGetValue(n, out var input))
                    return $"input {n} is missing";
                if (!_ids.Remove(StorageKeys.InputIdRow(input.Id), out var id))
                    return $"input {n} '{input.Id}' has no row '{StorageKeys.InputIdRow(input.Id)}' that keeps its id, or stands there twice";
                if (id != (n, input.Hash))
                    return $"row '{StorageKeys.InputIdRow(input.Id)}' names input {id.N} with hash {id.Hash}; input {n} '{input.Id}' has {input.Hash}";
            }

            return _ids.Keys.FirstOrDefault() is { } stray ? $"row '{stray}' keeps the id of no input" : null;
        }

        private void AddInput(long number, PoolInput input) => _inputs[number] = (input.Id, CanonicalJson.Hash(input).Hex);
    }
}
