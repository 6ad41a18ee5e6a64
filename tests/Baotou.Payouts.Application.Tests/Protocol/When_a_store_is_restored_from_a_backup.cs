using System.Globalization;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Tests.City;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Backups;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>
/// A backup begun before any storage call of a story and read while the story goes on, quickly or slowly, is a store from which the story
/// goes on to its end: everybody is due what they are due undisturbed, nothing is lost, nothing is paid twice.
/// </summary>
public sealed class When_a_store_is_restored_from_a_backup
{
    private static readonly BackupLabel Label = new(Engine.Buckets, new DateTimeOffset(2023, 3, 1, 0, 0, 0, TimeSpan.Zero), "");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task Taken_while_the_engine_runs_it_goes_on_to_the_same_end(int callsPerStep)
    {
        var (undisturbed, due, calls) = await UndisturbedAsync();
        var (usable, identical) = (0, 0);
        await Parallel.ForAsync(
            1,
            calls + 1,
            async (call, _) =>
            {
                if (call % 3 != callsPerStep % 3 || await TakenAsync(call, callsPerStep) is not { } file)
                    return;
                var rows = new WatchedRows();
                var restored = Assert.IsType<BackupRestored.Done>(await Restoring.FromAsync(rows, file));
                Assert.Equal(Label, restored.Label);
                var story = new Story();
                await using var engine = story.Over(rows);
                await story.TellAsync(engine);
                // An agency's answer may be in the backup and the opening of the pool that it needs not; the first round after the opening
                // takes up what was held.
                if (await engine.Get<OpenRound>().OnRequestAsync(default) > 0)
                    await engine.SettleAsync();
                await engine.VerifyHoldsAsync();
                if (due != await DueAsync(engine))
                    await AskForARoundAsync(engine);
                Assert.Equal(due, await DueAsync(engine));
                Assert.All((await engine.PayoutsAsync()).GroupBy(p => (p.Claim, p.Part)), payout => Assert.Single(payout));
                if (undisturbed == WithoutStop(await rows.OutcomeAsync()))
                    Interlocked.Increment(ref identical);
                Interlocked.Increment(ref usable);
            }
        );
        Assert.True(usable > calls / 6, $"Only {usable} of {calls / 3} backups could be taken.");

        // The others were read so slowly that an agency's answer is in them and an officer's act before it is not; then money comes in
        // another order.
        Assert.True(identical > usable * 4 / 5, $"Only {identical} of {usable} went on to the same rows.");
    }

    [Fact]
    public async Task What_two_persons_agreed_to_while_it_was_read_is_finished_after_the_restore()
    {
        for (var steps = 0; ; steps++)
        {
            var rows = new WatchedRows();
            var story = new Story();
            await using var engine = story.Over(rows);
            await TinyCity.BeginAsync(engine, cultureYuan: 70, taxYuan: 50);
            var asked = Assert.IsType<Requesting.Asked>(
                await engine
                    .Get<Approvals>()
                    .RequestAsync(
                        new Proposal.Appropriate(TinyList.Culture, Fen.FromYuan(30), "no. 2"),
                        "more",
                        new RequestMark("wang", "more-1", ContentHash.OfText("more")),
                        TinyCity.Morning("2023-02-01"),
                        default
                    )
            );
            var stepped = new SteppedRows(rows.Unwatched);
            var file = new MemoryStream();
            var taking = await stepped.StartAsync(() => TakeBackup.ToAsync(stepped, file, Label, default));
            for (var i = 0; i < steps && !taking.IsCompleted; i++)
                await stepped.StepAsync();
            var through = taking.IsCompleted;
            await engine.Get<Approvals>().DecideAsync(asked.Approval.Id, true, "", "li", TinyCity.Morning("2023-02-02"), default);
            await engine.SettleAsync();
            while (!taking.IsCompleted)
                await stepped.StepAsync();
            await taking;
            file.Position = 0;

            var restored = new WatchedRows();
            Assert.IsType<BackupRestored.Done>(await Restoring.FromAsync(restored, file));
            await using var next = story.Over(restored);
            await next.Get<Sweep>().SweepAsync(default);
            await next.SettleAsync();
            var approval = Assert.Single(await next.Get<IApprovalStore>().ListAsync(default));
            var due = approval.State == ApprovalState.Done ? 100 : 70;
            Assert.True(
                due == (await next.HeadAsync(TinyList.Culture)).Appropriated.Value / 100,
                $"After {steps} steps it is {approval.State}: {approval.Note}"
            );
            await next.VerifyHoldsAsync();
            if (!through)
                continue;
            Assert.Equal(ApprovalState.Pending, approval.State);
            Assert.True(steps > 20, $"Only {steps} steps.");
            return;
        }
    }

    [Fact]
    public async Task A_restored_store_holds_what_the_store_held()
    {
        var rows = new WatchedRows();
        await ToldAsync(rows);
        var file = await BackupAsync(rows);

        var restored = new WatchedRows();
        var done = Assert.IsType<BackupRestored.Done>(await Restoring.FromAsync(restored, file));

        Assert.Equal(0, done.Dropped);
        foreach (var table in StorageKeys.Tables.Where(t => t != StorageKeys.Audit))
            Assert.Equal(await TextAsync(rows, table), await TextAsync(restored, table, "switches"));
    }

    [Fact]
    public async Task A_store_that_is_not_empty_is_left_as_it_is()
    {
        var rows = new WatchedRows();
        await ToldAsync(rows);
        var file = await BackupAsync(rows);
        var before = await rows.OutcomeAsync();

        var refused = Assert.IsType<BackupRestored.Refused>(await Restoring.FromAsync(rows, file));

        Assert.Contains("not empty", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(before, await rows.OutcomeAsync());
    }

    [Fact]
    public async Task A_file_that_was_cut_off_or_changed_anywhere_writes_nothing()
    {
        var rows = new WatchedRows();
        await ToldAsync(rows);
        var bytes = (await BackupAsync(rows)).ToArray();
        var refused = 0;
        for (var i = 0; i < 200; i++)
        {
            var at = (int)((long)i * (bytes.Length - 1) / 199);
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x10;
            refused +=
                await RefusedOrWholeAsync(rows, changed, $"byte {at}") + await RefusedOrWholeAsync(rows, bytes[..at], $"cut at {at}");
        }

        Assert.True(refused > 380, $"Only {refused} of 400 were refused."); // the rest: bytes of gzip's own head and tail that carry nothing
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a backup")]
    public async Task Something_else_is_refused(string text)
    {
        Assert.Equal(1, await RefusedOrWholeAsync(new WatchedRows(), System.Text.Encoding.UTF8.GetBytes(text), text));
    }

    [Fact]
    public void Every_table_is_backed_up() =>
        Assert.Equal(StorageKeys.Tables.Order(StringComparer.Ordinal), TakeBackup.Order.Select(t => t.Table).Order(StringComparer.Ordinal));

    /// <summary>1 if the file was refused and nothing written; 0 if it was restored to the very rows it was taken of.</summary>
    private static async Task<int> RefusedOrWholeAsync(WatchedRows origin, byte[] bytes, string what)
    {
        var rows = new WatchedRows();
        var refused = await Restoring.FromAsync(rows, new MemoryStream(bytes)) is BackupRestored.Refused;
        foreach (var table in StorageKeys.Tables.Where(t => refused || t != StorageKeys.Audit))
            Assert.True(
                await TextAsync(rows, table, refused ? "" : "switches") == (refused ? "" : await TextAsync(origin, table, "switches")),
                $"{what}: {table}, refused: {refused}"
            );
        return refused ? 1 : 0;
    }

    /// <summary>
    /// A backup begun before a call of the story and read one step every so many calls; null where it says that it could not be taken.
    /// </summary>
    private static async Task<MemoryStream?> TakenAsync(long call, int callsPerStep)
    {
        var rows = new WatchedRows();
        var stepped = new SteppedRows(rows.Unwatched);
        var file = new MemoryStream();
        var taking = Task.CompletedTask;
        long passed = 0;
        rows.Before = async _ =>
        {
            passed++;
            if (passed == call)
                taking = await stepped.StartAsync(() => TakeBackup.ToAsync(stepped, file, Label, default));
            else if (passed > call && passed % callsPerStep == 0)
                await stepped.StepAsync();
        };
        await ToldAsync(rows);
        rows.Before = null;
        while (!taking.IsCompleted)
            await stepped.StepAsync();
        try
        {
            await taking;
        }
        catch (InvalidOperationException tooBusy) when (tooBusy.Message.StartsWith("While the backup was taken", StringComparison.Ordinal))
        {
            return null;
        }

        file.Position = 0;
        return file;
    }

    private static async Task<(string Outcome, string Due, long Calls)> UndisturbedAsync()
    {
        var rows = new WatchedRows();
        var story = new Story();
        await using var engine = story.Over(rows);
        await story.TellAsync(engine);
        var calls = rows.Calls;
        return (await rows.OutcomeAsync(), await DueAsync(engine), calls);
    }

    /// <summary>The story throws no switch; the restore stops instructing.</summary>
    private static string WithoutStop(string outcome) =>
        string.Join('\n', outcome.Split('\n').Where(line => !line.StartsWith("acts switches ", StringComparison.Ordinal)));

    private static async Task<string> DueAsync(Engine engine) =>
        string.Join('\n', (await engine.EntitlementsAsync()).Select(e => $"{e.Claim.Key} {e.Claim.Amount}").Order(StringComparer.Ordinal));

    /// <summary>
    /// A backup read so slowly may hold a record and not the act, before it, that opened the record's pool-year. Told again, the record
    /// meets no open pool and waits visibly for the first round after the act, which the story does not have any more.
    /// </summary>
    private static async Task AskForARoundAsync(Engine engine)
    {
        await engine.Get<OpenRound>().OnRequestAsync(default);
        await engine.SettleAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        await engine.VerifyHoldsAsync();
    }

    private static async Task ToldAsync(WatchedRows rows)
    {
        var story = new Story();
        await using var engine = story.Over(rows);
        await story.TellAsync(engine);
    }

    private static async Task<MemoryStream> BackupAsync(WatchedRows rows)
    {
        var file = new MemoryStream();
        await TakeBackup.ToAsync(rows, file, Label, default);
        file.Position = 0;
        return file;
    }

    private static async Task<string> TextAsync(WatchedRows rows, string table, string without = "")
    {
        var lines = new List<string>();
        await foreach (var row in rows.ScanAsync(table, null, default))
            if (row.Partition != without)
                lines.Add(
                    string.Join(
                        ' ',
                        [
                            row.Partition,
                            row.RowKey,
                            .. row
                                .Columns.OrderBy(c => c.Key, StringComparer.Ordinal)
                                .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}={c.Value}")),
                        ]
                    )
                );
        return string.Join('\n', lines);
    }
}
