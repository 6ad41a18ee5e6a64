using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Tampering;

/// <summary>
/// A hand that seals what it changes and mends the count of its partition is found where other rows speak against it: what persons did, and
/// what came of it.
/// </summary>
public sealed class Whatever_a_hand_does_that_keeps_the_counts
{
    /// <summary>Table, partition and row (as they begin), what is changed in the first that has it, and what verifying says.</summary>
    public static TheoryData<string, string, string, string, string, string> Changes =>
        new()
        {
            { StorageKeys.Entitlements, "b", "9", "\"due\":", "\"due\":1", "its receipt is not the one" },
            { StorageKeys.Entitlements, "b", "9", "\"records\":[\"culture/", "\"records\":[\"tax/", "its receipt is not the one" },
            { StorageKeys.Entitlements, "b", "9", "\"facts\":1", "\"facts\":2", "its receipt is not the one" },
            { StorageKeys.Entitlements, "b", "9", "\"arithmetic\":{\"zh\":\"", "\"arithmetic\":{\"zh\":\"1", "its receipt is not the one" },
            {
                StorageKeys.Entitlements,
                "supplement!",
                "9",
                "\"arithmetic\":{\"zh\":\"",
                "\"arithmetic\":{\"zh\":\"1",
                "with another receipt than it was agreed to with"
            },
            {
                StorageKeys.Rounds,
                "standing",
                "r000001",
                "\"visit\",\"occasion\":\"v1\"",
                "\"visit\",\"occasion\":\"v2\"",
                "which nobody did"
            },
            {
                StorageKeys.Rounds,
                "standing",
                "r000002",
                "\"merges\":[]",
                "\"merges\":[{\"from\":\"CODE1\",\"into\":\"CODE2\",\"moment\":\"2023-01-02T01:00:00.000Z\"}]",
                "which nobody did"
            },
            {
                StorageKeys.Rounds,
                "standing",
                "r000002",
                "\"stopped\":[]",
                "\"stopped\":[\"nothing\"]",
                "names the stop of an entry nothing, which nobody did"
            },
            { StorageKeys.Runs, "runs", "", "\"state\":\"Applied\"", "\"state\":\"Applying\"", "is done, and no run was applied by it" },
            { StorageKeys.Runs, "runs", "", "\"scope\":{}", "\"scope\":{\"policy\":\"visit\"}", "looks at something else" },
            { StorageKeys.Runs, "runs", "", "\"approval\":\"", "\"approval\":\"0", "is Applied by approval" },
            { StorageKeys.Runs, "difference!", "d000000", "\"tooMuch\":", "\"tooMuch\":1", "that is kept as" },
            { StorageKeys.Runs, "difference!", "head", "\"unchanged\":", "\"unchanged\":1", "that is kept as" },
            { StorageKeys.Runs, "lines!", "d", "\"why\":\"\"", "\"why\":\"a doubt\"", "because 'a doubt'" },
            { StorageKeys.Runs, "lines!", "d", "\"applies\":true,\"why\":\"\"", "\"applies\":false,\"why\":\"a doubt\"", "came of it" },
            { StorageKeys.Runs, "lines!", "o", "\"done\":true", "\"done\":false", "came of it" },
            { StorageKeys.Runs, "lines!", "o", " fen ", " yuan ", "came of it" },
            { StorageKeys.Acts, "acts", "", "\"left\":0", "\"left\":1", "no two persons agreed to that" },
            { StorageKeys.Acts, "acts", "", "\"document\":\"no. 8\"", "\"document\":\"no. 9\"", "no two persons agreed to that" },
            { StorageKeys.Approvals, "approvals", "", "\"granted\":0", "\"granted\":1", "no two persons agreed to that" },
            { StorageKeys.Approvals, "approvals", "", "\"occasion\":\"w2\"", "\"occasion\":\"v5\"", "no two persons agreed to that" },
            { StorageKeys.Approvals, "approvals", "", "\"amount\":300", "\"amount\":301", "takes 300 fen by" },
            { StorageKeys.Entitlements, "granted!", "9", "\"run\":\"", "\"run\":\"0", "supplement" },
        };

    /// <summary>Table, partition and row (as they begin), and what verifying says when it is gone.</summary>
    public static TheoryData<string, string, string, string> Losses =>
        new()
        {
            { StorageKeys.Runs, "difference!", "head", "is not kept" },
            { StorageKeys.Runs, "difference!", "d", "that is kept as" },
            { StorageKeys.Runs, "lines!", "o", "nothing is told of its line" },
            { StorageKeys.Runs, "lines!", "d", "which was not decided" },
            { StorageKeys.Runs, "runs", "", "is done, and no run was applied by it" },
            { StorageKeys.Acts, "elections", "", "names the election" },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Is_found_by_what_it_does_not_fit(string table, string partition, string row, string from, string to, string found)
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var (of, target) = (await rows.AllAsync(table)).First(r =>
            Fits(r, partition, row)
            && r.Row.Columns.ContainsKey("body")
            && r.Row.Columns.Text("body").Contains(from, StringComparison.Ordinal)
        );
        var body = target
            .Columns.Text("body")
            .Replace(
                from,
                to.Replace("CODE1", TinyCity.Code(8).Value, StringComparison.Ordinal)
                    .Replace("CODE2", TinyCity.Code(9).Value, StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        await MendedAsync(rows, table, of, new RowWrite.Put(target.RowKey, new RowColumns { ["body"] = body }));

        Assert.Contains(found, (await engine.VerifyAsync()).Difference ?? "nothing found", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Is_found_where_it_took_a_row_away(string table, string partition, string row, string found)
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var (of, target) = (await rows.AllAsync(table)).First(r => Fits(r, partition, row));
        await MendedAsync(rows, table, of, new RowWrite.Delete(target.RowKey, target.Version));

        Assert.Contains(found, (await engine.VerifyAsync()).Difference ?? "nothing found", StringComparison.Ordinal);
    }

    /// <summary>Table and partition, a text that the row has, and what verifying says when it is gone.</summary>
    [Theory]
    [InlineData(StorageKeys.Acts, "acts", "\"withdrawn\":", "no act withdraws its claim")]
    [InlineData(StorageKeys.Approvals, "approvals", "\"kind\":\"withdraw\"", "no two persons agreed to that")]
    [InlineData(StorageKeys.Approvals, "approvals", "\"kind\":\"clawback\"", "no two persons agreed to that")]
    public async Task Is_found_where_it_took_away_what_two_persons_did(string table, string partition, string text, string found)
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var (of, target) = (await rows.AllAsync(table)).First(r =>
            Fits(r, partition, "")
            && r.Row.Columns.ContainsKey("body")
            && r.Row.Columns.Text("body").Contains(text, StringComparison.Ordinal)
        );
        await MendedAsync(rows, table, of, new RowWrite.Delete(target.RowKey, target.Version));

        Assert.Contains(found, (await engine.VerifyAsync()).Difference ?? "nothing found", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_found_where_it_invents_what_nobody_asked_for_over_http()
    {
        var (_, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var mark = new RequestMark("staff:wang", "key-7", ContentHash.OfText("invented"));
        await engine
            .Get<IApprovalStore>()
            .AddAsync(
                new Approval(
                    new string('7', 26),
                    new Proposal.Cut(TinyList.Tax, Fen.FromYuan(1), "no. 7"),
                    "",
                    mark,
                    TinyCity.Morning("2023-01-02"),
                    ApprovalState.Pending,
                    null,
                    null,
                    ""
                ),
                default
            );
        Assert.Equal(
            $"approval {new string('7', 26)}: the audit log has no line of staff:wang that asked for it",
            (await engine.VerifyAsync()).Difference
        );

        await engine
            .Get<IAuditLog>()
            .AppendAsync(new AuditAct(TinyCity.Morning("2023-01-02"), "r", mark.Subject, "finance", "propose", "", "", mark.Body), default);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Is_found_where_it_lets_somebody_agree_who_never_said_so()
    {
        var (_, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var asked = Assert
            .IsType<Requesting.Asked>(
                await engine
                    .Get<Approvals>()
                    .RequestAsync(
                        new Proposal.Appropriate(TinyList.Tax, Fen.FromYuan(1), "no. 7"),
                        "",
                        new RequestMark("wang", "key-7", ContentHash.OfText("7")),
                        TinyCity.Morning("2023-01-02"),
                        default
                    )
            )
            .Approval;
        await engine.Get<Approvals>().DecideAsync(asked.Id, agree: true, "", "staff:li", TinyCity.Morning("2023-01-03"), default);
        await engine.SettleAsync();
        Assert.Contains(
            $"the decision of staff:li on approval {asked.Id}",
            (await engine.VerifyAsync()).Difference,
            StringComparison.Ordinal
        );

        await engine
            .Get<IAuditLog>()
            .AppendAsync(
                new AuditAct(
                    TinyCity.Morning("2023-01-03"),
                    "r",
                    "staff:li",
                    "finance",
                    "decide",
                    $"approvalId={asked.Id}; decision=agree",
                    "",
                    ContentHash.OfText("7")
                ),
                default
            );
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Is_found_where_it_throws_a_switch_or_writes_an_act_of_its_own()
    {
        var (_, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var next = (await engine.Get<ISwitchLog>().ListAsync(default)).Count + 1;
        await engine
            .Get<ISwitchLog>()
            .AddAsync(
                new SwitchAct(
                    next,
                    Switch.OfPool("tax"),
                    true,
                    "staff:wang",
                    "",
                    "a doubt",
                    TinyCity.Morning("2023-01-02"),
                    new RequestMark("staff:wang", "stop", ContentHash.OfText("stop the tax")),
                    ""
                ),
                default
            );
        Assert.Contains(
            $"act {next} on a switch: the audit log has no line",
            (await engine.VerifyAsync()).Difference,
            StringComparison.Ordinal
        );

        await engine
            .Get<IAuditLog>()
            .AppendAsync(
                new AuditAct(
                    TinyCity.Morning("2023-01-02"),
                    "r",
                    "staff:wang",
                    "finance",
                    "stop",
                    "",
                    "a doubt",
                    ContentHash.OfText("stop the tax")
                ),
                default
            );
        await engine.VerifyHoldsAsync();
        await engine
            .Get<IActLog>()
            .AddAsync(new Act("invented", "nothing", "staff:wang", "staff:li", TinyCity.Morning("2023-01-02"), null), default);
        Assert.Contains("which no approval of", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    private static bool Fits((string Partition, StoredRow Row) row, string partition, string key) =>
        row.Partition.StartsWith(partition, StringComparison.Ordinal) && row.Row.RowKey.StartsWith(key, StringComparison.Ordinal);

    private static async Task MendedAsync(WatchedRows rows, string table, string partition, RowWrite write) =>
        Assert.IsType<CommitOutcome.Committed>(await new SealedRows(rows.Unwatched).CommitAsync(table, partition, [write], default));
}
