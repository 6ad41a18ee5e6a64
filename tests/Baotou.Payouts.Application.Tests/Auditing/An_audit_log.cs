using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Time;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Auditing;

/// <summary>Whoever changes, takes, swaps or adds a line of the log is found, and no fault of a call leaves it broken.</summary>
public sealed class An_audit_log
{
    private static readonly DateTimeOffset Morning = ChinaTime.StartOf(new DateOnly(2023, 6, 30)).AddHours(9);

    private readonly WatchedRows _rows = new();

    [Fact]
    public async Task Is_chained_by_legal_day_and_subject_and_verifies()
    {
        await using var engine = await WrittenAsync();
        var log = engine.Get<IAuditLog>();

        Assert.Equal([new DateOnly(2023, 6, 30), new DateOnly(2023, 7, 1)], (await log.PlacesAsync(default)).Select(p => p.Day).Distinct());
        var place = AuditPlace.Of(Act("staff:a", 1), Engine.Buckets);
        var entries = await log.ReadAsync(place, 0, default).ToListAsync();
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(i => (long)i), entries.Select(e => e.Number));
        Assert.Equal(place.Root, entries[0].Before);
        Assert.All(entries.Zip(entries.Skip(1)), p => Assert.Equal(p.First.Hash, p.Second.Before));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Of_which_any_row_was_changed_or_taken_is_found()
    {
        long planted = 0;
        await using (var engine = await WrittenAsync())
        {
            foreach (var (partition, row) in (await _rows.AllAsync(StorageKeys.Audit)).Where(r => r.Partition != "days"))
            {
                await _rows.TakeAsync(
                    StorageKeys.Audit,
                    partition,
                    (await _rows.GetAsync(StorageKeys.Audit, partition, row.RowKey, default))!
                );
                Assert.True((await engine.VerifyAsync()).Difference is not null, $"{partition} {row.RowKey} was taken");
                foreach (var (name, value) in row.Columns.ToList().Where(c => c.Key != "listed"))
                {
                    var changed = new RowColumns();
                    foreach (var (n, v) in row.Columns)
                        changed[n] = v;
                    changed[name] = value switch
                    {
                        string text when name == "body" => text.Replace("staff:", "stuff:", StringComparison.Ordinal),
                        string text => new string('0', text.Length),
                        long number => number + 1,
                        _ => throw new InvalidOperationException(name),
                    };
                    await _rows.PlantAsync(StorageKeys.Audit, partition, row.RowKey, changed);
                    Assert.True((await engine.VerifyAsync()).Difference is not null, $"{partition} {row.RowKey} {name} was changed");
                    planted++;
                }

                await _rows.PlantAsync(StorageKeys.Audit, partition, row.RowKey, row.Columns);
            }

            await engine.VerifyHoldsAsync();
        }

        Assert.True(planted > 20);
    }

    [Fact]
    public async Task That_was_taken_away_whole_is_missed()
    {
        await using var engine = await WrittenAsync();
        var partition = (await _rows.AllAsync(StorageKeys.Audit))
            .Where(r => r.Partition != "days")
            .GroupBy(r => r.Partition)
            .First(g => g.Key.StartsWith("20230630!", StringComparison.Ordinal));
        foreach (var (_, row) in partition)
            await _rows.TakeAsync(StorageKeys.Audit, partition.Key, row);

        Assert.Contains("taken away", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_which_two_lines_were_swapped_or_one_put_into_another_log_is_found()
    {
        await using var engine = await WrittenAsync();
        var partition = (await _rows.AllAsync(StorageKeys.Audit))
            .Where(r => r.Row.RowKey[0] == 'a')
            .GroupBy(r => r.Partition)
            .First(g => g.Count() > 3);
        var (first, second) = (partition.ElementAt(0).Row, partition.ElementAt(1).Row);
        await _rows.PlantAsync(StorageKeys.Audit, partition.Key, first.RowKey, second.Columns);
        await _rows.PlantAsync(StorageKeys.Audit, partition.Key, second.RowKey, first.Columns);
        Assert.NotNull((await engine.VerifyAsync()).Difference);
    }

    [Fact]
    public async Task Takes_what_many_append_at_once_each_once()
    {
        await using var engine = new Engine(new TinyCity(), _rows);
        var log = engine.Get<IAuditLog>();
        var numbers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => log.AppendAsync(Act("staff:a", i), default))));

        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), numbers.Order());
        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData(Fault.BeforeEffect)]
    [InlineData(Fault.AnswerLost)]
    public async Task Holds_after_a_worker_was_killed_at_any_call_and_has_every_act_that_was_acknowledged(Fault fault)
    {
        var plan = FaultPlan.None();
        await using (var undisturbed = new Engine(new TinyCity(), new FaultyRowStore(new WatchedRows(), plan)))
            await AppendAsync(undisturbed.Get<IAuditLog>(), []);
        for (var call = 1L; call <= plan.Calls; call++)
        {
            var rows = new WatchedRows();
            var acknowledged = new List<string>();
            await using (var killed = new Engine(new TinyCity(), new FaultyRowStore(rows, FaultPlan.KilledAt(call, fault))))
                await Assert.ThrowsAsync<PlantedFaultException>(() => AppendAsync(killed.Get<IAuditLog>(), acknowledged));
            await using var next = new Engine(new TinyCity(), rows);
            Assert.Null(await next.Get<VerifyAudit>().HandleAsync(null, default));
            await AppendAsync(next.Get<IAuditLog>(), []);
            Assert.Null(await next.Get<VerifyAudit>().HandleAsync(null, default));
            var written = new List<string>();
            foreach (var place in await next.Get<IAuditLog>().PlacesAsync(default))
                written.AddRange((await next.Get<IAuditLog>().ReadAsync(place, 0, default).ToListAsync()).Select(e => e.Act.Request));
            Assert.Empty(acknowledged.Except(written));
        }
    }

    private static async Task AppendAsync(IAuditLog log, List<string> acknowledged)
    {
        for (var i = 0; i < 4; i++)
        {
            var act = Act("staff:" + (char)('a' + (i % 2)), i);
            await log.AppendAsync(act, default);
            acknowledged.Add(act.Request);
        }
    }

    private async Task<Engine> WrittenAsync()
    {
        var engine = new Engine(new TinyCity(), _rows);
        var log = engine.Get<IAuditLog>();
        for (var i = 0; i < 12; i++)
        {
            var act = Act("staff:" + (char)('a' + (i % 3)), i);
            var number = await log.AppendAsync(act, default);
            await log.AppendAsync(act with { Answers = number, Outcome = "200" }, default);
        }

        await log.AppendAsync(Act("staff:a", 99) with { Moment = Morning.AddHours(15) }, default);
        return engine;
    }

    private static AuditAct Act(string subject, int number) =>
        new(
            Morning.AddSeconds(number),
            $"request-{number}",
            subject,
            "officer",
            "stop",
            "what=instructing",
            "a test",
            ContentHash.OfText($"{number}")
        );
}
