using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Runs in one partition, each difference and the lines of each applied run in one of their own.</summary>
internal sealed class RunStore(IRowStore rows) : IRunStore
{
    /// <summary>A line has about a thousand characters: a row stays below a tenth of its limit, a transaction below its own.</summary>
    private const int LinesPerRow = 40;
    private const int RowsPerTransaction = 20;

    private readonly IdRows<Run> _runs = new(rows, StorageKeys.Runs, StorageKeys.AllRuns, run => run.Id);

    public Task<Run> AddAsync(Run run, CancellationToken cancellationToken) => _runs.AddAsync(run, cancellationToken);

    public async Task<StoredRun?> ReadAsync(string id, CancellationToken cancellationToken) =>
        await _runs.ReadAsync(id, cancellationToken) is var (run, version) ? new StoredRun(run, version) : null;

    public Task<IReadOnlyList<Run>> ListAsync(CancellationToken cancellationToken) => _runs.ListAsync(cancellationToken);

    public Task<bool> MoveAsync(StoredRun before, Run after, CancellationToken cancellationToken) =>
        _runs.MoveAsync(before.Version, after, cancellationToken);

    /// <summary>The head comes last: while it is missing, nothing is kept.</summary>
    public async Task KeepAsync(Difference difference, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.DifferencePartition(difference.Hash);
        var lines = difference
            .Lines.Chunk(LinesPerRow)
            .Select((chunk, i) => new RowWrite.Add(StorageKeys.DifferenceRow(i), RowBody.Write(chunk)))
            .ToList();
        await rows.AddMissingAsync(StorageKeys.Runs, partition, lines, cancellationToken, RowsPerTransaction);
        await rows.AddMissingAsync(
            StorageKeys.Runs,
            partition,
            [new RowWrite.Add(StorageKeys.Head, RowBody.Write(difference with { Lines = [] }))],
            cancellationToken
        );
    }

    public async Task<Difference?> ReadDifferenceAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.DifferencePartition(hash);
        if (await rows.GetAsync(StorageKeys.Runs, partition, StorageKeys.Head, cancellationToken) is not { } head)
            return null;
        var lines = await rows.ReadAllAsync<DifferenceLine[]>(
            StorageKeys.Runs,
            partition,
            StorageKeys.DifferenceRow(0),
            "d~",
            cancellationToken
        );
        return RowBody.Read<Difference>(head) with { Lines = [.. lines.SelectMany(l => l)] };
    }

    public async Task<LineDecision> AddDecisionAsync(string run, LineDecision decision, CancellationToken cancellationToken)
    {
        var key = StorageKeys.DecisionRow(decision.Line);
        var existing = await rows.AddMissingAsync(
            StorageKeys.Runs,
            StorageKeys.RunPartition(run),
            [new RowWrite.Add(key, RowBody.Write(decision))],
            cancellationToken
        );
        return existing.TryGetValue(key, out var row) ? RowBody.Read<LineDecision>(row) : decision;
    }

    public async Task<IReadOnlyList<LineDecision>> DecisionsAsync(string run, CancellationToken cancellationToken) =>
        await rows.ReadAllAsync<LineDecision>(
            StorageKeys.Runs,
            StorageKeys.RunPartition(run),
            StorageKeys.DecisionRow(0),
            "d~",
            cancellationToken
        );

    public Task AddOutcomeAsync(string run, LineOutcome outcome, CancellationToken cancellationToken) =>
        rows.AddMissingAsync(
            StorageKeys.Runs,
            StorageKeys.RunPartition(run),
            [new RowWrite.Add(StorageKeys.OutcomeRow(outcome.Line), RowBody.Write(outcome))],
            cancellationToken
        );

    public async Task<IReadOnlyList<LineOutcome>> OutcomesAsync(string run, CancellationToken cancellationToken) =>
        await rows.ReadAllAsync<LineOutcome>(
            StorageKeys.Runs,
            StorageKeys.RunPartition(run),
            StorageKeys.OutcomeRow(0),
            "o~",
            cancellationToken
        );
}
