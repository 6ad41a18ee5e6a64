using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Settling;

/// <summary>
/// Visit v2 of enterprise 2 is delivered under a kind that the dictionary does not know. It stays as it was delivered whatever becomes of
/// it.
/// </summary>
public sealed class A_record_in_quarantine
{
    private static readonly Correction AsVisit = new(null, "visit", null, null, null, null, null);

    private readonly TinyCity _city = new();

    [Fact]
    public async Task Corrected_by_two_persons_makes_a_claim_of_its_own_moment_marked_late()
    {
        await using var engine = await PassedAsync(new InMemoryRowStore());
        Assert.Equal("1:20", await engine.GrantsAsync(TinyList.Culture));

        var asked = await AskAsync(engine, AsVisit);
        Assert.Equal("1:20", await LaterAsync(engine, "2023-02-28"));
        await AgreeAsync(engine, asked.Id);

        Assert.Equal("1:20 2:40", await LaterAsync(engine, "2023-03-31"));
        Assert.True((await engine.EntitlementsAsync()).Single(e => e.Claim.Key.Uscc == TinyCity.Code(2)).Claim.Late);
        var kept = await CaseAsync(engine);
        var act = Assert.Single(kept.Acts);
        Assert.Contains("\"Kind\":\"trip\"", kept.Subject.Text, StringComparison.Ordinal);
        Assert.Equal((CaseWord.Corrected, "wang", "li", asked.Id), (act.Word, act.By, act.ApprovedBy, act.Approval));
        Assert.Contains(await FactsAsync(engine), f => f.Hash.Hex == act.Result && f is { RecordId: "v2", Kind: "visit" });
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Corrected_gives_way_to_what_the_agency_tells_later_under_its_number()
    {
        await using var engine = await PassedAsync(new InMemoryRowStore());
        await AgreeAsync(engine, (await AskAsync(engine, AsVisit)).Id);

        _city.Culture.Told.Add(TinyCity.Visit(2, "v2", "2023-01-10", 45, "2023-02-10"));

        Assert.Equal("1:20 2:30", await LaterAsync(engine, "2023-02-28"));
    }

    [Theory]
    [InlineData(Fault.BeforeEffect)]
    [InlineData(Fault.AnswerLost)]
    public async Task Is_corrected_once_though_the_worker_is_killed_at_any_call(Fault fault)
    {
        for (var call = 1; ; call++)
        {
            var rows = new InMemoryRowStore();
            string id;
            await using (var engine = await PassedAsync(rows))
                id = (await AskAsync(engine, AsVisit)).Id;
            var plan = FaultPlan.KilledAt(call, fault);
            await using (var killed = new Engine(_city, new FaultyRowStore(rows, plan)))
                await TryAsync(() => AgreeAsync(killed, id));
            await using var next = new Engine(_city, rows);
            await next.Get<Sweep>().SweepAsync(default);
            if ((await next.Get<IApprovalStore>().ReadAsync(id, default))!.Approval.State == ApprovalState.Pending)
                await AgreeAsync(next, id);

            Assert.Equal("1:20 2:40", await LaterAsync(next, "2023-02-28"));
            Assert.Equal(CaseWord.Corrected, (await CaseAsync(next)).Last);
            await next.VerifyHoldsAsync();
            if (plan.Faults == 0)
                return;
            Assert.InRange(call, 1, 100);
        }
    }

    [Fact]
    public async Task Is_not_corrected_by_who_asked_nor_into_nonsense_nor_under_another_number()
    {
        await using var engine = await PassedAsync(new InMemoryRowStore());
        var asked = await AskAsync(engine, AsVisit);

        Assert.IsType<Decided.OwnRequest>(
            await engine.Get<Approvals>().DecideAsync(asked.Id, true, "", "wang", TinyCity.Morning("2023-02-02"), default)
        );
        Assert.Contains("'no'", await RefusedAsync(engine, AsVisit with { Kind = "no" }), StringComparison.Ordinal);
        Assert.Contains("keeps it", await RefusedAsync(engine, AsVisit with { RecordId = "v9" }), StringComparison.Ordinal);
        Assert.Contains(
            "visitors",
            await RefusedAsync(engine, AsVisit with { Values = new Dictionary<string, string>() }),
            StringComparison.Ordinal
        );
        Assert.Null((await CaseAsync(engine)).Last);
    }

    [Fact]
    public async Task That_was_settled_otherwise_meanwhile_is_not_corrected()
    {
        var rows = new InMemoryRowStore();
        await using var engine = await PassedAsync(rows);
        var (first, second) = (
            await AskAsync(engine, AsVisit, "key-1"),
            await AskAsync(engine, AsVisit with { Values = new Dictionary<string, string> { ["visitors"] = "90" } }, "key-2")
        );
        await AgreeAsync(engine, first.Id);

        var late = Assert.IsType<Decided.Stands>(
            await engine.Get<Approvals>().DecideAsync(second.Id, true, "", "li", TinyCity.Morning("2023-02-03"), default)
        );

        Assert.Equal((ApprovalState.Refused, "a fact came of it already"), (late.Approval.State, late.Approval.Note));
        Assert.Equal("1:20 2:40", await LaterAsync(engine, "2023-02-28"));
    }

    [Fact]
    public async Task Discarded_stays_and_is_replayed_all_the_same_once_the_dictionary_knows_it()
    {
        var rows = new InMemoryRowStore();
        await using (var engine = await PassedAsync(rows))
        {
            var cases = engine.Get<QuarantineCases>();
            var wish = await WishAsync(engine, "key-1");
            Assert.IsType<CaseSettled<Quarantined>.NotNow>(await cases.ReplayAsync(wish with { Request = Mark("key-0") }, default));
            Assert.IsType<CaseSettled<Quarantined>.Changed>(await cases.DiscardAsync(wish with { Shown = 1 }, "a test of theirs", default));
            Assert.Equal(
                CaseWord.Discarded,
                Assert.IsType<CaseSettled<Quarantined>.Done>(await cases.DiscardAsync(wish, "a test of theirs", default)).Case.Last
            );
            Assert.IsType<CaseSettled<Quarantined>.Done>(await cases.DiscardAsync(wish, "a test of theirs", default));
            Assert.IsType<CaseSettled<Quarantined>.KeyReused>(
                await cases.DiscardAsync(wish with { Request = wish.Request with { Body = ContentHash.OfText("other") } }, "", default)
            );
            Assert.Single((await CaseAsync(engine)).Acts);
        }

        await using var knowing = new Engine(Knowing(), rows);
        Assert.Equal(
            0,
            await knowing.Get<QuarantineCases>().ReplayAllAsync("culture", Mark("key-2"), TinyCity.Morning("2023-02-02"), default)
        );
        var replayed = Assert.IsType<CaseSettled<Quarantined>.Done>(
            await knowing.Get<QuarantineCases>().ReplayAsync(await WishAsync(knowing, "key-3"), default)
        );

        Assert.Equal([CaseWord.Discarded, CaseWord.Replaying, CaseWord.Replayed], replayed.Case.Acts.Select(a => a.Word));
        Assert.Equal(2, (await FactsAsync(knowing)).Count);
    }

    [Theory]
    [InlineData(Fault.BeforeEffect)]
    [InlineData(Fault.AnswerLost)]
    public async Task Is_replayed_though_the_worker_is_killed_at_any_call(Fault fault)
    {
        for (var call = 1; ; call++)
        {
            var rows = new InMemoryRowStore();
            await using (var engine = await PassedAsync(rows))
                Assert.Single(await FactsAsync(engine));
            var plan = FaultPlan.KilledAt(call, fault);
            await using (var killed = new Engine(Knowing(), new FaultyRowStore(rows, plan)))
                await TryAsync(() =>
                    killed.Get<QuarantineCases>().ReplayAllAsync("culture", Mark("key-1"), TinyCity.Morning("2023-02-02"), default)
                );
            await using var next = new Engine(Knowing(), rows);

            Assert.Equal(
                1,
                await next.Get<QuarantineCases>().ReplayAllAsync("culture", Mark("key-1"), TinyCity.Morning("2023-02-02"), default)
            );

            Assert.Equal(CaseWord.Replayed, (await CaseAsync(next)).Last);
            Assert.Equal(2, (await FactsAsync(next)).Select(f => f.Hash).Distinct().Count());
            if (plan.Faults == 0)
                return;
            Assert.InRange(call, 1, 100);
        }
    }

    private static RequestMark Mark(string key) => new("wang", key, ContentHash.OfText("body"));

    private static async Task<CaseWish> WishAsync(Engine engine, string key) =>
        new("culture", (await CaseAsync(engine)).Subject.Id, null, Mark(key), TinyCity.Morning("2023-02-02"));

    private static async Task<Case<Quarantined>> CaseAsync(Engine engine)
    {
        var all = new List<Case<Quarantined>>();
        await foreach (var kept in engine.Get<IQuarantine>().ReadAsync("culture", "", default))
            all.Add(kept);
        return Assert.Single(all);
    }

    private static async Task<Approval> AskAsync(Engine engine, Correction correction, string key = "key") =>
        Assert.IsType<Requesting.Asked>(await RequestAsync(engine, correction, key)).Approval;

    private static async Task<string> RefusedAsync(Engine engine, Correction correction) =>
        Assert.IsType<Requesting.Senseless>(await RequestAsync(engine, correction, "key-refused")).Why;

    private static async Task<Requesting> RequestAsync(Engine engine, Correction correction, string key) =>
        await engine
            .Get<Approvals>()
            .RequestAsync(
                new Proposal.CorrectRecord("culture", (await CaseAsync(engine)).Subject.Id, correction),
                "the agency said so by letter",
                Mark(key),
                TinyCity.Morning("2023-02-01"),
                default
            );

    private static async Task AgreeAsync(Engine engine, string approval) =>
        Assert.Equal(
            ApprovalState.Done,
            Assert
                .IsType<Decided.Stands>(
                    await engine.Get<Approvals>().DecideAsync(approval, true, "", "li", TinyCity.Morning("2023-02-02"), default)
                )
                .Approval.State
        );

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (PlantedFaultException)
        {
            // The worker is dead; the next one goes on.
        }
    }

    private static async Task<List<Fact>> FactsAsync(Engine engine)
    {
        var all = new List<Fact>();
        var log = engine.Get<IFactLog>();
        for (var bucket = 0; bucket < Engine.Buckets; bucket++)
        {
            await foreach (var stored in log.ReadAsync(bucket, 0, await log.CountAsync(bucket, default), default))
                all.Add(stored.Fact);
        }

        return all;
    }

    private TinyCity Knowing() =>
        new()
        {
            List = _city.List with
            {
                Facts = new FactDictionary([.. _city.List.Facts.Kinds, _city.List.Facts.Find("visit")! with { Id = "trip" }]),
            },
        };

    /// <summary>A city whose first round is closed.</summary>
    private async Task<Engine> PassedAsync(IRowStore rows)
    {
        _city.Accounts(2);
        _city.Culture.Told.Clear();
        _city.Culture.Told.AddRange([
            TinyCity.Visit(1, "v1", "2023-01-10", 30),
            TinyCity.Visit(2, "v2", "2023-01-10", 60) with
            {
                Kind = "trip",
            },
        ]);
        _city.Until("2023-01-31");
        var engine = new Engine(_city, rows);
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        return engine;
    }

    private async Task<string> LaterAsync(Engine engine, string day)
    {
        _city.Until(day);
        await engine.PassAsync();
        return await engine.GrantsAsync(TinyList.Culture);
    }
}
