using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>
/// Cases by place, each a row that is never changed, with its acts in rows behind it: their keys go on where the case's ends, so one range
/// has both.
/// </summary>
internal abstract class CaseRows<T>(IRowStore rows, string table, int idLength) : ICaseLog<T>
{
    public IAsyncEnumerable<Case<T>> ReadAsync(string place, string after, CancellationToken cancellationToken) =>
        ReadAsync(place, after.Length > 0 ? Behind(after) : "0", "~", cancellationToken);

    public async Task<Case<T>?> FindAsync(string place, string id, CancellationToken cancellationToken)
    {
        if (id.Length != idLength || !id.All(char.IsAsciiHexDigitLower))
            return null;
        await foreach (var found in ReadAsync(place, id, Behind(id), cancellationToken))
            return found;
        return null;
    }

    public async Task<bool> ActAsync(CaseAct act, CancellationToken cancellationToken) =>
        await rows.CommitAsync(
            table,
            act.Place,
            [new RowWrite.Add(StorageKeys.CaseActRow(act.Case, act.Number), RowBody.Write(act))],
            cancellationToken
        ) is CommitOutcome.Committed;

    protected Task<Dictionary<string, StoredRow>> AddAsync(
        string place,
        IEnumerable<(string Id, T Subject)> cases,
        CancellationToken cancellationToken
    ) =>
        rows.AddMissingAsync(
            table,
            place,
            [.. cases.DistinctBy(c => c.Id).Select(c => new RowWrite.Add(c.Id, RowBody.Write(c.Subject)))],
            cancellationToken
        );

    private async IAsyncEnumerable<Case<T>> ReadAsync(
        string place,
        string from,
        string below,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        (string Id, T Subject)? at = null;
        var acts = new List<CaseAct>();
        await foreach (var row in rows.QueryAsync(table, place, from, below, cancellationToken))
        {
            if (row.RowKey.Length > idLength)
            {
                if (at is null || !row.RowKey.StartsWith(at.Value.Id + "!", StringComparison.Ordinal))
                    throw new InvalidDataException(
                        $"table {table}, partition '{place}', row '{row.RowKey}': it is about a case that is not there; somebody took it away. Run payouts verify."
                    );
                acts.Add(RowBody.Read<CaseAct>(row));
                continue;
            }

            if (at is { } before)
                yield return new Case<T>(before.Subject, acts);
            (at, acts) = ((row.RowKey, RowBody.Read<T>(row)), []);
        }

        if (at is { } last)
            yield return new Case<T>(last.Subject, acts);
    }

    /// <summary>Where the rows of a case end.</summary>
    private static string Behind(string id) => id + "\"";
}

/// <summary>Bad records by source.</summary>
internal sealed class Quarantine(IRowStore rows) : CaseRows<Quarantined>(rows, StorageKeys.Quarantine, 32), IQuarantine
{
    public async Task AddAsync(IReadOnlyList<Quarantined> records, CancellationToken cancellationToken)
    {
        foreach (var source in records.GroupBy(r => r.Source))
            await AddAsync(source.Key, source.Select(r => (r.Id, r)), cancellationToken);
    }
}

/// <summary>Parked messages by queue.</summary>
internal sealed class ParkedWorkStore(IRowStore rows) : CaseRows<ParkedWork>(rows, StorageKeys.Parked, 64), IParkedWork
{
    private const string Queue = "queue";

    public async Task AddAsync(ParkedWork work, CancellationToken cancellationToken)
    {
        if ((await AddAsync(work.Queue, [(work.Id, work)], cancellationToken)).Count == 0)
            return;
        while (await FindAsync(work.Queue, work.Id, cancellationToken) is { IsOpen: false } settled)
        {
            if (
                await ActAsync(
                    new CaseAct(work.Queue, work.Id, settled.Version + 1, CaseWord.CameBack, "", Queue, "", work.ParkedAt, null),
                    cancellationToken
                )
            )
                return;
        }
    }
}
