using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Tests.Matching;

/// <summary>
/// A release before this one said "block(s)" where this one says "blocks". What it said stands, verifies, and is told from what a hand
/// wrote.
/// </summary>
public sealed class When_a_release_words_receipts_anew
{
    private const string Before = "visitors 30 person, 3 whole block(s) of 10 person × 1.00 yuan = 3.00 yuan";
    private const string Now = "visitors 30 people, 3 whole blocks of 10 people × 1.00 yuan = 3.00 yuan";

    private static readonly Policy Blocks = TinyList.Visit with
    {
        Terms = TinyList.Visit.Terms! with
        {
            Award = new Award.PerUnit(new FieldRef("visit", "visitors"), null, 10, Fen.FromYuan(1), null),
        },
    };

    private readonly WatchedRows _rows = new();

    [Fact]
    public async Task Rounds_verify_each_in_the_words_of_its_time()
    {
        await using var engine = await UpgradedAsync();

        Assert.Equal([(1, Before), (2, Now)], (await engine.EntitlementsAsync()).Select(e => (e.Round, e.Receipt.Arithmetic.En)));
        await engine.VerifyHoldsAsync();
        foreach (var payout in await engine.PayoutsAsync())
            Assert.All(await engine.Get<TracePayout>().HandleAsync(payout.Id, default), l => Assert.Null(l.Problem));
    }

    [Theory]
    [InlineData("v1", "block(s)", "blocks")]
    [InlineData("v2", "blocks", "block(s)")]
    [InlineData("v1", "3 whole", "5 whole")]
    public async Task A_hand_that_writes_the_words_of_another_time_or_others_is_found(string occasion, string from, string to)
    {
        await using var engine = await UpgradedAsync();
        await RewordedAsync(occasion, from, to);

        Assert.Equal(
            $"claim visit|{occasion}|{TinyCity.Code(occasion == "v1" ? 1 : 2)}|0: its receipt is not the one that deciding its facts gives",
            (await engine.VerifyAsync()).Difference
        );
    }

    /// <summary>The words are then those of the wording that the round names; but what names the round knows it otherwise.</summary>
    [Fact]
    public async Task A_hand_that_moves_the_round_to_another_wording_as_well_is_found()
    {
        await using var engine = await UpgradedAsync();
        await RewordedAsync("v2", "people, 3 whole blocks of 10 people", "person, 3 whole block(s) of 10 person");
        await RoundAsync(2, "\"wording\":2", "\"wording\":1");

        Assert.StartsWith("round 2 has the hash", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_round_goes_back_to_an_older_wording()
    {
        await using var engine = await UpgradedAsync();
        await PassAsync(engine, "2023-03-31");
        await RoundAsync(3, "\"wording\":2", "\"wording\":1");

        Assert.Equal("round 3: says its receipts in wording 1, and the round before in 2", (await engine.VerifyAsync()).Difference);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Wording.Latest + 1)]
    public async Task A_wording_that_was_never_issued_is_a_difference(int wording)
    {
        await using var engine = await UpgradedAsync();
        await RoundAsync(2, "\"wording\":2", $"\"wording\":{wording}");

        Assert.Contains(
            $"Round 2 says its receipts in wording {wording}, and this program knows 1 to {Wording.Latest}",
            (await engine.VerifyAsync()).Difference,
            StringComparison.Ordinal
        );
    }

    /// <summary>The same rows come out as if the release before had gone on, whichever bucket the new one takes over.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_round_that_was_open_meanwhile_is_finished_in_its_own_words(int matched)
    {
        var undisturbed = new WatchedRows();
        await using (var engine = new Engine(City(Wording.First, "2023-01-31"), undisturbed))
        {
            await TinyCity.BeginAsync(engine);
            await engine.PassAsync();
        }

        await using (var before = new Engine(City(Wording.First, "2023-01-31"), _rows))
        {
            await TinyCity.BeginAsync(before);
            await before.WalkAsync();
            Assert.Equal(1, await before.Get<OpenRound>().HandleAsync(default));
            await before.Get<MatchBucket>().HandleAsync(1, matched, default);
        }

        await using var now = new Engine(City(Wording.Latest, "2023-01-31"), _rows);
        await now.SettleAsync();

        Assert.Equal(await undisturbed.OutcomeAsync(), await _rows.OutcomeAsync());
        Assert.Equal(Before, Assert.Single(await now.EntitlementsAsync()).Receipt.Arithmetic.En);
        await now.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_host_that_does_not_know_the_words_of_an_open_round_leaves_it_to_one_that_does()
    {
        await using var engine = new Engine(City(Wording.Latest, "2023-01-31"), _rows);
        await TinyCity.BeginAsync(engine);
        await engine.WalkAsync();
        await engine.Get<OpenRound>().HandleAsync(default);
        await RoundAsync(1, "\"wording\":2", $"\"wording\":{Wording.Latest + 1}");
        await using var other = new Engine(City(Wording.Latest, "2023-01-31"), _rows);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => other.HandleAsync(QueueNames.Match, new MatchMessage(1, 0)));

        Assert.Contains("finish the round with the release it was opened with, or a later one", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(await other.EntitlementsAsync());
    }

    [Fact]
    public async Task A_new_wording_alone_opens_no_round()
    {
        await using (var before = new Engine(City(Wording.First, "2023-01-31"), _rows))
        {
            await TinyCity.BeginAsync(before);
            await before.PassAsync();
        }

        await using var now = new Engine(City(Wording.Latest, "2023-01-31"), _rows);
        Assert.Equal(0, await now.Get<OpenRound>().OnRequestAsync(default));
    }

    private static TinyCity City(int wording, string until)
    {
        var city = new TinyCity { List = TinyList.Catalogue(Blocks, TinyList.Figure), WordedAs = wording };
        city.Accounts(2);
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        if (until != "2023-01-31")
            city.Culture.Told.Add(TinyCity.Visit(2, "v2", "2023-02-10", 30));
        city.Until(until);
        return city;
    }

    /// <summary>A round by the release before, another by this one, over the same list.</summary>
    private async Task<Engine> UpgradedAsync()
    {
        await using (var before = new Engine(City(Wording.First, "2023-01-31"), _rows))
        {
            await TinyCity.BeginAsync(before);
            await before.PassAsync();
            await before.VerifyHoldsAsync();
        }

        var engine = new Engine(City(Wording.Latest, "2023-02-28"), _rows);
        await engine.PassAsync();
        Assert.Equal(2, (await engine.Get<IRoundLog>().StandingAsync(default)).Closed);
        return engine;
    }

    private static async Task PassAsync(Engine engine, string until)
    {
        engine.City.Until(until);
        await engine.PassAsync();
    }

    private async Task RewordedAsync(string occasion, string from, string to)
    {
        var (partition, row) = (await _rows.AllAsync(StorageKeys.Entitlements)).Single(r =>
            r.Row.Columns.Text("body").Contains($"\"occasion\":\"{occasion}\"", StringComparison.Ordinal)
        );
        await WriteAsync(StorageKeys.Entitlements, partition, row, from, to);
    }

    private async Task RoundAsync(int number, string from, string to)
    {
        var (partition, row) = (await _rows.AllAsync(StorageKeys.Rounds)).Single(r =>
            r.Row.Columns.TryGetValue("body", out var body)
            && ((string)body).StartsWith($"{{\"number\":{number},", StringComparison.Ordinal)
        );
        await WriteAsync(StorageKeys.Rounds, partition, row, from, to);
    }

    /// <summary>By a hand that knows seals and counts.</summary>
    private async Task WriteAsync(string table, string partition, StoredRow row, string from, string to)
    {
        Assert.Contains(from, row.Columns.Text("body"), StringComparison.Ordinal);
        row.Columns["body"] = row.Columns.Text("body").Replace(from, to, StringComparison.Ordinal);
        Assert.IsType<CommitOutcome.Committed>(
            await new SealedRows(_rows.Unwatched).CommitAsync(table, partition, [new RowWrite.Put(row.RowKey, row.Columns)], default)
        );
    }
}
