using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Backups;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>
/// What was paid after a backup its restored store does not know: it begins stopped, and two persons account for the results before it
/// starts.
/// </summary>
public sealed class When_a_restored_store_is_to_instruct
{
    private static readonly BackupLabel Label = new(Engine.Buckets, new DateTimeOffset(2023, 3, 1, 4, 5, 6, TimeSpan.Zero), "");
    private readonly TinyCity _city = new();

    [Fact]
    public async Task It_is_stopped_as_of_the_backup_behind_all_that_was_stopped_before()
    {
        var restored = new WatchedRows();
        var done = Assert.IsType<BackupRestored.Done>(await Restoring.FromAsync(restored, await StoppedOnceAsync()));
        await using var engine = new Engine(_city, restored);

        var board = await engine.Get<ISwitchLog>().ReadAsync(default);

        Assert.Equal(done.Stop, board.StopOf(Switch.Instructing));
        Assert.Equal(
            (2, "restored from backup of 2023-03-01 04:05:06 UTC", Label.TakenAt),
            (done.Stop.Number, done.Stop.Why, board.RestoredFrom(Switch.Instructing))
        );
        Assert.Equal(["visit"], board.StoppedPolicies);
        await engine.VerifyHoldsAsync();
        _city.Until("2023-02-28");
        await engine.PassAsync();
        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData(TreasuryResults.Imported)]
    [InlineData(TreasuryResults.NothingInstructed)]
    public async Task Two_persons_start_it_who_state_what_became_of_the_payments_since(TreasuryResults results)
    {
        var restored = new WatchedRows();
        var stop = Assert.IsType<BackupRestored.Done>(await Restoring.FromAsync(restored, await StoppedOnceAsync())).Stop;
        await using var engine = new Engine(_city, restored);

        Assert.Contains("2023-03-01 04:05:06 UTC", await StartAsync(engine, stop.Number, null), StringComparison.Ordinal);
        Assert.Null(await StartAsync(engine, stop.Number, results));

        var board = await engine.Get<ISwitchLog>().ReadAsync(default);
        Assert.Null(board.StopOf(Switch.Instructing));
        Assert.Equal(
            ("wang", "li", results),
            board.Standing.Where(a => a.Switch == Switch.Instructing).Select(a => (a.By, a.ApprovedBy, a.Results)).Single()
        );
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Who_stops_it_once_more_does_not_spare_anybody_the_statement()
    {
        var restored = new WatchedRows();
        await Restoring.FromAsync(restored, await StoppedOnceAsync());
        await using var engine = new Engine(_city, restored);
        var again = await StopAsync(engine, Switch.Instructing, "stop-again");

        Assert.NotNull(await StartAsync(engine, again, null));
        Assert.Null(await StartAsync(engine, again, TreasuryResults.Imported));

        var ordinary = await StopAsync(engine, Switch.Instructing, "stop-later");
        Assert.Contains("nothing to state", await StartAsync(engine, ordinary, TreasuryResults.Imported), StringComparison.Ordinal);
        Assert.Null(await StartAsync(engine, ordinary, null));
    }

    [Theory]
    [InlineData(Fault.BeforeEffect)]
    [InlineData(Fault.AnswerLost)]
    public async Task Cut_off_at_any_call_the_store_is_empty_or_stopped_and_says_what_to_do(Fault fault)
    {
        var file = await StoppedOnceAsync(withRound: false);
        var plan = FaultPlan.None();
        Assert.IsType<BackupRestored.Done>(await FromAsync(new FaultyRowStore(new WatchedRows(), plan), file));
        Assert.True(plan.Calls > 20, $"Only {plan.Calls} calls.");
        var usable = 0;
        for (var call = 1L; call <= plan.Calls; call++)
        {
            var rows = new WatchedRows();
            await Assert.ThrowsAsync<PlantedFaultException>(() =>
                FromAsync(new FaultyRowStore(rows, FaultPlan.KilledAt(call, fault)), file)
            );
            await using var engine = new Engine(_city, rows);
            if (await FromAsync(rows, file) is BackupRestored.Done whole)
            {
                Assert.True(call <= 3, $"Call {call} wrote nothing.");
                Assert.Equal(whole.Stop, (await engine.Get<ISwitchLog>().ReadAsync(default)).StopOf(Switch.Instructing));
                continue;
            }

            if ((await rows.AllAsync(StorageKeys.Acts)).All(r => r.Row.RowKey != "restoring"))
            {
                usable++;
                Assert.NotNull((await engine.Get<ISwitchLog>().ReadAsync(default)).StopOf(Switch.Instructing));
                Assert.Single(await ToldAsync(engine), a => a is { What: "restore", Answers: null });
                await engine.VerifyHoldsAsync();
                continue;
            }

            Assert.Contains(
                "was not finished",
                (await Assert.ThrowsAsync<InvalidDataException>(() => engine.Get<ISwitchLog>().ReadAsync(default))).Message,
                StringComparison.Ordinal
            );
            Assert.Contains("was not finished", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
        }

        Assert.InRange(usable, 3, 6);
    }

    /// <summary>Who restored which backup stands behind all that the backup's own log tells; verifying asks for it.</summary>
    [Fact]
    public async Task Its_audit_log_says_who_restored_which_backup()
    {
        var file = await StoppedOnceAsync(audited: true);
        var restored = new WatchedRows();
        await FromAsync(restored, file);
        await using var engine = new Engine(_city, restored);

        var told = await ToldAsync(engine);

        Assert.Equal(["stop", "restore", "restore"], told.Select(a => a.What));
        var hash = told[1].Body;
        Assert.Equal(
            new AuditAct(
                TinyCity.Morning("2023-05-02").ToUniversalTime(),
                told[1].Request,
                Restoring.By,
                "schedule",
                "restore",
                told[1].About,
                "restored from backup of 2023-03-01 04:05:06 UTC",
                hash
            ),
            told[1]
        );
        Assert.Matches("^takenAt=2023-03-01T04:05:06Z; rows=[0-9]+; stop=2$", told[1].About);
        Assert.Equal((1L, "done"), (told[2].Answers, told[2].Outcome));
        Assert.Equal(
            new RequestMark(Restoring.By, $"restore {hash}", hash),
            (await engine.Get<ISwitchLog>().ListAsync(default))[1].Request
        );
        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData("taken away")]
    [InlineData("another backup")]
    [InlineData("another person")]
    public async Task A_line_that_was_taken_away_or_tells_of_another_restore_is_missed(string what)
    {
        var restored = new WatchedRows();
        await FromAsync(restored, await StoppedOnceAsync());
        await using var engine = new Engine(_city, restored);
        var told = await ToldAsync(engine);
        foreach (var (partition, row) in await restored.AllAsync(StorageKeys.Audit))
        {
            var whole = (await restored.GetAsync(StorageKeys.Audit, partition, row.RowKey, default))!;
            if (partition != "days")
                await restored.TakeAsync(StorageKeys.Audit, partition, whole);
            else
                Assert.IsType<CommitOutcome.Committed>(
                    await new SealedRows(restored.Unwatched).CommitAsync(
                        StorageKeys.Audit,
                        partition,
                        [new RowWrite.Delete(row.RowKey, whole.Version)],
                        default
                    )
                );
        }

        foreach (var act in what == "taken away" ? [] : told.Take(1))
        {
            await engine
                .Get<IAuditLog>()
                .AppendAsync(
                    what == "another backup"
                        ? act with
                        {
                            Body = ContentHash.OfText("another"),
                        }
                        : act with
                        {
                            Subject = "command line (li)",
                        },
                    default
                );
        }

        Assert.Equal(
            $"act 2 on a switch: the audit log has no line of {Restoring.By} that asked for it",
            (await engine.VerifyAsync()).Difference
        );
    }

    /// <summary>A store that a release before this one restored has no line, and its stop names no request.</summary>
    [Fact]
    public async Task Of_a_restore_by_a_release_before_no_line_is_asked_for()
    {
        var rows = new WatchedRows();
        await using var engine = new Engine(_city, rows);
        await TinyCity.BeginAsync(engine);
        await engine.SettleAsync();
        await engine.Get<ISwitchLog>().AddAsync(SwitchAct.OfRestore(1, Label.TakenAt, Mark("restore")) with { Request = null }, default);

        await engine.VerifyHoldsAsync();
    }

    private static async Task<List<AuditAct>> ToldAsync(Engine engine)
    {
        var told = new List<AuditAct>();
        foreach (var place in await engine.Get<IAuditLog>().PlacesAsync(default))
            told.AddRange((await engine.Get<IAuditLog>().ReadAsync(place, 0, default).ToListAsync()).Select(e => e.Act));
        return told;
    }

    [Fact]
    public async Task A_request_that_the_client_library_sent_twice_disturbs_nothing()
    {
        var file = await StoppedOnceAsync(withRound: false);
        var whole = new WatchedRows();
        await FromAsync(whole, file);
        var plan = FaultPlan.Of(_ => Fault.SentAgain);
        var again = new WatchedRows();

        Assert.IsType<BackupRestored.Done>(await FromAsync(new FaultyRowStore(again, plan), file));

        Assert.True(plan.Faults > 30, $"Only {plan.Faults} were sent twice.");
        foreach (var table in StorageKeys.Tables)
            Assert.Equal(await SealsAsync(whole, table), await SealsAsync(again, table));
    }

    private static async Task<List<string>> SealsAsync(WatchedRows rows, string table)
    {
        var seals = new List<string>();
        await foreach (var row in rows.ScanAsync(table, null, default))
            seals.Add($"{row.Partition} {row.RowKey} {row.Columns.Text(RowSeal.Column)}");
        return seals;
    }

    private static Task<BackupRestored> FromAsync(IRowStore rows, MemoryStream file)
    {
        file.Position = 0;
        return Restoring.FromAsync(rows, file);
    }

    /// <summary>A backup of a city in which an entry was stopped, with a round behind it or none yet.</summary>
    private async Task<MemoryStream> StoppedOnceAsync(bool withRound = true, bool audited = false)
    {
        var rows = new WatchedRows();
        await using var engine = new Engine(_city, rows);
        await TinyCity.BeginAsync(engine);
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        _city.Until("2023-01-31");
        await (withRound ? engine.PassAsync() : engine.SettleAsync());
        await StopAsync(engine, Switch.OfPolicy("visit"), "stop-visit");
        if (audited)
            await engine
                .Get<IAuditLog>()
                .AppendAsync(
                    new AuditAct(
                        TinyCity.Morning("2023-01-02"),
                        "r",
                        "wang",
                        "finance",
                        "stop",
                        "what=policy",
                        "an error",
                        ContentHash.OfText("stop-visit")
                    ),
                    default
                );
        var file = new MemoryStream();
        await TakeBackup.ToAsync(rows, file, Label, default);
        file.Position = 0;
        return file;
    }

    private static async Task<long> StopAsync(Engine engine, Switch of, string key) =>
        Assert
            .IsType<SwitchThrown.Done>(
                await engine.Get<ThrowSwitch>().StopAsync(of, "an error in the figures", Mark(key), TinyCity.Morning("2023-01-02"), default)
            )
            .Act.Number;

    /// <summary>Asks for the start and agrees to it; why it could not be asked for, or null if it is done.</summary>
    private static async Task<string?> StartAsync(Engine engine, long stop, TreasuryResults? results)
    {
        var proposal = new Proposal.StartAgain(Switch.Instructing, stop, results);
        var asked = await engine
            .Get<Approvals>()
            .RequestAsync(proposal, "looked at", Mark($"start-{stop}-{results}"), TinyCity.Morning("2023-03-02"), default);
        if (asked is Requesting.Senseless senseless)
            return senseless.Why;
        var decided = await engine
            .Get<Approvals>()
            .DecideAsync(Assert.IsType<Requesting.Asked>(asked).Approval.Id, true, "", "li", TinyCity.Morning("2023-03-02"), default);
        Assert.Equal(ApprovalState.Done, Assert.IsType<Decided.Stands>(decided).Approval.State);
        return null;
    }

    private static RequestMark Mark(string key) => new("wang", key, ContentHash.OfText(key));
}
