using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Reconciling;

/// <summary>Of a payout of 20 yuan, 12 go back: reserved ones to the line, paid ones once they were recovered.</summary>
public sealed class When_a_part_of_a_payout_goes_back
{
    private static readonly Fen Part = Fen.FromYuan(12);

    [Fact]
    public async Task The_next_in_line_gets_it_and_the_rest_goes_on()
    {
        await using var engine = await RunAsync(new WatchedRows(), yuan: 30);
        var id = (await engine.PayoutsAsync())[0].Id;

        Assert.True(
            await engine
                .Get<ReleasePayout>()
                .BeginAsync((await engine.Get<IPayoutStore>().ReadAsync(id, default))!, Part, "a correction", null, default)
        );
        await engine.Get<Sweep>().PayoutsAsync(default);
        await engine.SettleAsync();

        Assert.Equal("1:20 2:10 2:10 3:2", await engine.GrantsAsync(TinyList.Culture));
        var rest = (await engine.Get<IPayoutStore>().ReadAsync(id, default))!.Payout;
        Assert.Equal((PayoutState.Confirmed, Fen.FromYuan(8), Fen.FromYuan(4)), (rest.State, rest.City, rest.County));
        Assert.Equal(Part, Assert.Single(await engine.ChainAsync(TinyList.Culture), e => e.Kind == EntryKind.Released).Amount);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_whole_release_that_meets_a_part_under_way_gives_back_the_rest_too()
    {
        await using var engine = await RunAsync(new WatchedRows(), yuan: 30);
        var id = (await engine.PayoutsAsync())[0].Id;
        await engine
            .Get<ReleasePayout>()
            .BeginAsync((await engine.Get<IPayoutStore>().ReadAsync(id, default))!, Part, "a correction", null, default);

        Assert.Equal(
            ReleaseOutcome.Released,
            await engine.Get<ReleasePayout>().HandleAsync(id, "objection upheld", TinyCity.Persons, default)
        );
        await engine.SettleAsync();

        Assert.Equal("1:20 2:10 2:10 3:2 3:8", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task What_was_paid_stands_as_a_case_until_its_recovery_is_recorded()
    {
        await using var engine = await RunAsync(new WatchedRows(), yuan: 30);
        var id = (await engine.PayoutsAsync())[0].Id;
        await PayAsync(engine, id);
        var recovered = new Proposal.Recovered(id, "no. 7");
        Assert.False(await engine.Get<RecoverPayout>().RecordAsync(id, "no. 7", "approval:1", TinyCity.Persons, default));

        await Officers.DoAsync(engine, new Proposal.ClawBack(id, Part, "no. 6"));
        await engine.VerifyHoldsAsync();
        Assert.Equal(Fen.FromYuan(20), (await engine.HeadAsync(TinyList.Culture)).Paid);
        await Officers.DoAsync(engine, recovered);
        await Officers.DoAsync(engine, recovered);
        await engine.SettleAsync();

        var rest = (await engine.Get<IPayoutStore>().ReadAsync(id, default))!.Payout;
        Assert.Equal((PayoutState.Paid, Fen.FromYuan(8)), (rest.State, rest.City));
        Assert.Equal(Fen.FromYuan(8), (await engine.HeadAsync(TinyList.Culture)).Paid);
        Assert.Equal("1:20 2:10 2:10 3:2", await engine.GrantsAsync(TinyList.Culture));
        Assert.Contains("no. 7 (wang, li)", (await engine.Get<IPayoutStore>().HistoryAsync(id, default)).Select(p => p.Note));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_release_that_the_chain_does_not_have_is_found()
    {
        await using var engine = await RunAsync(new WatchedRows(), yuan: 30);
        var store = engine.Get<IPayoutStore>();
        var stored = (await store.ReadAsync((await engine.PayoutsAsync())[0].Id, default))!;
        await store.MoveAsync(stored, stored.Payout.Take(PayoutState.Releasing, Part, "by nobody", null), default);
        stored = (await store.ReadAsync(stored.Payout.Id, default))!;
        await store.MoveAsync(stored, stored.Payout.Took(""), default);

        Assert.Contains("no entry", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_no_payout_asked_for_is_found()
    {
        await using var engine = await RunAsync(new WatchedRows(), yuan: 30);
        var id = (await engine.PayoutsAsync())[0].Id;
        await engine.Get<IPoolLog>().SubmitAsync(TinyList.Culture, new PoolInput.Release($"release:{id}:9", id, Part), default);
        await engine.SettleAsync();

        Assert.Contains("no transition", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(25, "1:5")]
    [InlineData(8, "0:2 1:20")]
    [InlineData(0, "0:10 1:20")]
    [InlineData(30, "")]
    public void Too_much_is_taken_from_the_last_piece_first(long limit, string expected) =>
        Assert.Equal(expected, TooMuch(limit, Piece(0, 10), Piece(1, 20)));

    [Fact]
    public void What_is_paid_is_recovered_only_if_the_rest_is_not_enough() =>
        Assert.Equal("0:10 1:5", TooMuch(15, Piece(0, 10), Piece(1, 20, PayoutState.Paid)));

    [Fact]
    public void What_is_on_its_way_out_is_not_counted_again() =>
        Assert.Equal("0:3", TooMuch(10, Piece(0, 5), Piece(1, 20, PayoutState.Releasing) with { Taking = Fen.FromYuan(12) }));

    private static string TooMuch(long limit, params Payout[] pieces) =>
        string.Join(
            ' ',
            Excess.Of(pieces, Fen.FromYuan(limit)).OrderBy(e => e.Payout.Part).Select(e => $"{e.Payout.Part}:{Engine.Yuan(e.TooMuch)}")
        );

    private static Payout Piece(int part, long yuan, PayoutState state = PayoutState.Held) =>
        new()
        {
            Id = $"000-{part}",
            Claim = new("visit", "v1", TinyCity.Code(1), 0),
            Part = part,
            Pool = TinyList.Culture,
            EntrySeq = part + 1,
            City = Fen.FromYuan(yuan),
            County = Fen.Zero,
            ClaimHash = ContentHash.None,
            State = state,
        };

    /// <summary>As the treasury's answer will: the payout is instructed, the pool's log has the settlement, the payout is paid.</summary>
    private static async Task PayAsync(Engine engine, string id)
    {
        var store = engine.Get<IPayoutStore>();
        foreach (var state in new[] { PayoutState.Instructed, PayoutState.Settling, PayoutState.Paid })
        {
            var stored = (await store.ReadAsync(id, default))!;
            await store.MoveAsync(stored, stored.Payout.Move(state), default);
            if (state == PayoutState.Settling)
                await engine
                    .Get<IPoolLog>()
                    .SubmitAsync(
                        stored.Payout.Pool,
                        new PoolInput.Settle($"settle:{id}:1", "batch", 1, 1, stored.Payout.City, ContentHash.None),
                        default
                    );
        }

        await engine.SettleAsync();
    }

    /// <summary>Three claims of 20 yuan; what is reserved is confirmed.</summary>
    private static async Task<Engine> RunAsync(WatchedRows rows, long yuan)
    {
        var city = new TinyCity();
        for (var i = 1; i <= 3; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", $"2023-01-1{i}", 30));
        city.Accounts(3);
        city.Until("2023-01-31");
        var engine = new Engine(city, rows);
        await TinyCity.BeginAsync(engine, yuan);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        return engine;
    }
}
