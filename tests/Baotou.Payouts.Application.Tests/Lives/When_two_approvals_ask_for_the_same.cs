using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>Two pairs of officers ask for the same act, each in their own words, and both are agreed to at the same moment.</summary>
public sealed class When_two_approvals_ask_for_the_same
{
    private static readonly DateTimeOffset Asked = TinyCity.Morning("2023-03-01");
    private static readonly DateTimeOffset Agreed = TinyCity.Morning("2023-03-02");
    private readonly TinyCity _city = new();

    public static TheoryData<string> Kinds => [.. Proposals.Keys];

    private static Dictionary<string, Proposal> Proposals { get; } =
        new(StringComparer.Ordinal)
        {
            ["open-pool"] = new Proposal.OpenPool(new PoolYear("culture", 2024), "seed"),
            ["close-source"] = new Proposal.CloseSource("culture", new DateOnly(2023, 2, 20)),
            ["merge"] = new Proposal.MergeCodes(TinyCity.Code(1), TinyCity.Code(2)),
            ["declare-past"] = new Proposal.DeclarePast("figure", 0, Fen.Zero),
            ["make-automatic"] = new Proposal.MakeAutomatic("visit"),
            ["put-in-shadow"] = new Proposal.PutInShadow("visit"),
            ["still-in-force"] = new Proposal.StillInForce("visit", new DateOnly(2023, 12, 31)),
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_does_it_the_other_learns_so_and_nothing_stands_still(string kind)
    {
        _city.Until("2023-01-31");
        await using var engine = new Engine(_city, new WatchedRows());
        await TinyCity.OpenAsync(engine, TinyList.Culture, 1_000);
        await TinyCity.AutomaticAsync(engine, "visit");
        await engine.PassAsync();

        var one = await RequestAsync(engine, Proposals[kind], "wang", "as the bureau asked");
        var other = await RequestAsync(engine, Proposals[kind], "zhao", "to go on");
        var decided = new[] { await DecideAsync(engine, one), await DecideAsync(engine, other) };
        await engine.Get<Sweep>().SweepAsync(default);
        await engine.SettleAsync();

        Assert.Equal(ApprovalState.Done, decided[0].State);
        Assert.All(
            decided,
            d =>
                Assert.True(d.State is ApprovalState.Done || d is { State: ApprovalState.Refused, Note.Length: > 0 }, $"{d.State} {d.Note}")
        );
        await engine.VerifyHoldsAsync();
    }

    /// <summary>An act of a pool that the list has no longer: nobody can finish it, and it throws at every sweep.</summary>
    [Fact]
    public async Task One_that_can_never_be_finished_keeps_no_other_and_no_round_waiting()
    {
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        _city.Until("2023-01-31");
        await using var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        await engine.WalkAsync();
        foreach (var (id, pool) in new[] { (new string('0', 26), "gone"), (new string('1', 26), "culture") })
        {
            var proposal = new Proposal.Appropriate(new PoolYear(pool, 2023), Fen.FromYuan(5), "no. 2");
            await engine
                .Get<IApprovalStore>()
                .AddAsync(
                    new Approval(id, proposal, "why", Officers.Mark("wang", id), Asked, ApprovalState.Approved, "li", Agreed, ""),
                    default
                );
        }

        await Assert.ThrowsAnyAsync<Exception>(() => engine.Get<Sweep>().SweepAsync(default));

        Assert.Equal(
            [ApprovalState.Approved, ApprovalState.Done],
            (await engine.Get<IApprovalStore>().ListAsync(default)).Select(a => a.State)
        );
        await engine.DrainAsync();
        await engine.SettleAsync();
        Assert.Equal("1:20", await engine.GrantsAsync(TinyList.Culture));
    }

    private static async Task<Approval> RequestAsync(Engine engine, Proposal proposal, string subject, string why) =>
        Assert
            .IsType<Requesting.Asked>(
                await engine.Get<Approvals>().RequestAsync(proposal, why, Officers.Mark(subject, "key"), Asked, default)
            )
            .Approval;

    private static async Task<Approval> DecideAsync(Engine engine, Approval approval) =>
        Assert
            .IsType<Decided.Stands>(await engine.Get<Approvals>().DecideAsync(approval.Id, agree: true, "", "li", Agreed, default))
            .Approval;
}
