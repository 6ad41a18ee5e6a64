using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Auditing;

/// <summary>
/// Whatever was typed on a machine, or done by the sandbox's officers, has its line in the audit log, and verifying asks for it as for what
/// came over HTTP.
/// </summary>
public sealed class What_was_done_on_the_machine_itself
{
    private const string Typist = "command line (zhang)";
    private static readonly TwoPersons Sandbox = new(LocalAct.SandboxOfficer, LocalAct.SandboxApprover);
    private static readonly ContentHash File = ContentHash.OfText("the file");

    private readonly WatchedRows _rows = new();

    [Theory]
    [InlineData(Typist, "the file", true)]
    [InlineData(Typist, "another file", false)]
    [InlineData("command line (li)", "the file", false)]
    public async Task A_payment_of_the_past_names_who_imported_it_from_which_file(string subject, string file, bool holds)
    {
        await using var engine = new Engine(new TinyCity(), _rows);
        await engine.Get<ImportPast>().HandleAsync([Paid(Typist)], default);
        await WriteAsync(engine, new LocalAct(subject, "import", "kind=past-payouts; rows=1", "a file", ContentHash.OfText(file)));

        Assert.Equal(
            holds ? null : $"the payment of the past visit|v1|{TinyCity.Code(1)}: the audit log has no line of {Typist} that asked for it",
            (await engine.VerifyAsync()).Difference
        );
    }

    [Fact]
    public async Task Imported_again_by_somebody_else_it_stays_as_it_was_first_and_is_no_conflict()
    {
        await using var engine = new Engine(new TinyCity(), _rows);
        Assert.Empty(await engine.Get<ImportPast>().HandleAsync([Paid(Typist)], default));
        Assert.Empty(await engine.Get<ImportPast>().HandleAsync([Paid("command line (li)")], default));
        Assert.Single(await engine.Get<ImportPast>().HandleAsync([Paid(Typist) with { Amount = Fen.FromYuan(2) }], default));

        Assert.Equal(
            Typist,
            Assert.Single(await engine.Get<IClaimStore>().TakenAsync(Bucket.Of(TinyCity.Code(1), Engine.Buckets), default)).Import!.Subject
        );
    }

    [Fact]
    public async Task A_message_that_was_sent_again_names_who_sent_it()
    {
        await using var engine = new Engine(new TinyCity(), _rows);
        await engine.Get<PoisonParking>().ParkAsync(QueueNames.Pull, "{\"source\":\"culture\",\"walk\":1}", default);
        var parked = (await engine.Get<ParkedCases>().ListAsync(default)).Single().Subject;
        await engine
            .Get<ParkedCases>()
            .ReplayAsync(
                new CaseWish(parked.Queue, parked.Id, null, new RequestMark(Typist, "parked", File), TinyCity.Morning("2023-01-02")),
                default
            );
        Assert.Equal(
            $"act 1 on case {parked.Id} of pull: the audit log has no line of {Typist} that asked for it",
            (await engine.VerifyAsync()).Difference
        );

        await WriteAsync(engine, new LocalAct(Typist, "parked", "replay=all", "its cause is mended", File));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task An_act_of_the_sandboxs_officers_is_named_in_the_line_of_whoever_asked_for_it()
    {
        await using var engine = await ActedAsync(
            $"tick=0; approvedBy={Sandbox.ApprovedBy}; act={OfficerActs.IdOf(TinyList.Tax, "open:1")}"
        );
        Assert.Equal(
            $"act 'pool:{TinyList.Tax}:open:{TinyList.Tax}': the audit log has no line of {LocalAct.SandboxOfficer} that asked for it",
            (await engine.VerifyAsync()).Difference
        );

        await WriteAsync(
            engine,
            Line($"tick=1; approvedBy={Sandbox.ApprovedBy}; act={OfficerActs.IdOf(TinyList.Tax, OfficerActs.OpeningOf(TinyList.Tax))}")
        );
        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData(
        "\"approvedBy\":\"sandbox-approver\"",
        "\"approvedBy\":\"sandbox-stranger\"",
        "the agreement of sandbox-stranger to act 'pool:tax 2023:open:tax 2023'"
    )]
    [InlineData(
        "\"requestedBy\":\"sandbox-officer\"",
        "\"requestedBy\":\"command line (li)\"",
        "act 'pool:tax 2023:open:tax 2023': the audit log has no line of command line (li)"
    )]
    public async Task An_act_that_was_changed_is_found(string from, string to, string found)
    {
        await using var engine = await ActedAsync(
            $"tick=1; approvedBy={Sandbox.ApprovedBy}; act={OfficerActs.IdOf(TinyList.Tax, OfficerActs.OpeningOf(TinyList.Tax))}"
        );
        await engine.VerifyHoldsAsync();
        var (partition, row) = (await _rows.AllAsync(StorageKeys.Acts)).Single(r =>
            r.Row.Columns.TryGetValue("body", out var body) && ((string)body).Contains(from, StringComparison.Ordinal)
        );
        row.Columns["body"] = row.Columns.Text("body").Replace(from, to, StringComparison.Ordinal);
        Assert.IsType<CommitOutcome.Committed>(
            await new SealedRows(_rows.Unwatched).CommitAsync(
                StorageKeys.Acts,
                partition,
                [new RowWrite.Put(row.RowKey, row.Columns)],
                default
            )
        );

        Assert.StartsWith(
            found.Replace("tax 2023", TinyList.Tax.ToString(), StringComparison.Ordinal),
            (await engine.VerifyAsync()).Difference,
            StringComparison.Ordinal
        );
    }

    /// <summary>It wrote one line for all that they did at a tick, and named none of it.</summary>
    [Fact]
    public async Task The_line_of_a_release_before_covers_what_the_sandboxs_officers_did()
    {
        await using var engine = await ActedAsync($"tick=0; approvedBy={Sandbox.ApprovedBy}");

        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData("staff:wang", true)]
    [InlineData(LocalAct.SandboxOfficer, true)]
    [InlineData(LocalAct.SandboxApprover, true)]
    [InlineData(Typist, true)]
    [InlineData(Approvals.Schedule, false)]
    [InlineData("restore", false)]
    public void The_schedule_alone_needs_no_line(string subject, bool needsOne) =>
        Assert.Equal(needsOne, Effect.On(subject, "id", "what").NeedsLine);

    [Fact]
    public void Whoever_types_is_known_as_such() => Assert.True(Effect.On(LocalAct.CommandLine, "id", "what").NeedsLine);

    private static TakenKey Paid(string by) =>
        new(
            "visit",
            "v1",
            TinyCity.Code(1),
            Fen.FromYuan(1),
            new DateOnly(2023, 1, 5),
            "past",
            new RequestMark(by, $"import {File}", File)
        );

    private static LocalAct Line(string about) =>
        new(LocalAct.SandboxOfficer, "begin", about, "the sandbox's calendar", ContentHash.OfText(about));

    private static Task WriteAsync(Engine engine, LocalAct act) =>
        engine.Get<RecordAct>().HandleAsync(act, () => Task.CompletedTask, default);

    /// <summary>A pool opened by the sandbox's officers, with such a line.</summary>
    private async Task<Engine> ActedAsync(string about)
    {
        var engine = new Engine(new TinyCity(), _rows);
        await WriteAsync(engine, Line(about));
        await engine
            .Get<OfficerActs>()
            .OpenPoolAsync(TinyList.Tax, "seed", awaitsCarryIn: false, TinyCity.Morning("2023-01-01"), Sandbox, default);
        await engine.SettleAsync();
        return engine;
    }
}
