using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Tampering;

/// <summary>
/// A merge or an election that changed no claim is taken out of the round that took it up, by a hand that mends seal and count: no claim
/// speaks against it, but the next round does, or the standing of the rounds. The first two rounds take up something, the third nothing.
/// </summary>
public sealed class When_a_round_forgets_what_it_took_up
{
    private readonly WatchedRows _rows = new();

    [Theory]
    [InlineData(1, "merges", "round 2: follows a round with the hash")]
    [InlineData(1, "elections", "round 2: follows a round with the hash")]
    [InlineData(2, "elections", "round 3: follows a round with the hash")]
    public async Task It_is_found_by_the_round_after_it(int round, string what, string found)
    {
        await using var engine = await ThreeRoundsAsync();
        await ChangeAsync(round, body => body[what] = new JsonArray());

        Assert.StartsWith(found, (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_one_is_found_by_the_standing()
    {
        await using var engine = await ThreeRoundsAsync();
        await ElectAsync(engine, 6);
        await PassAsync(engine, "2023-04-30");
        await engine.VerifyHoldsAsync();
        await ChangeAsync(4, body => body["elections"] = new JsonArray());

        Assert.Matches(
            "^round 4 has the hash [0-9a-f]{64}, and the standing of the rounds names [0-9a-f]{64}$",
            (await engine.VerifyAsync()).Difference
        );
        await StandingAsync(columns => columns.Remove("opened"));
        Assert.Matches(
            "^round 4 has the hash [0-9a-f]{64}, and the standing of the rounds names $",
            (await engine.VerifyAsync()).Difference
        );
    }

    [Theory]
    [InlineData(1, "round 2: follows a round with the hash")]
    [InlineData(2, "round 2: follows a round with the hash , and")]
    [InlineData(3, "round 3: follows a round with the hash , and")]
    public async Task A_round_that_names_none_before_it_is_found(int round, string found)
    {
        await using var engine = await ThreeRoundsAsync();
        await ChangeAsync(round, body => body.Remove("before"));

        Assert.StartsWith(found, (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_never_opened_before_the_first_is_found()
    {
        await using var engine = await ThreeRoundsAsync();
        await ChangeAsync(1, body => body["before"] = ContentHash.OfText("another").Hex);

        Assert.StartsWith(
            $"round 1: follows a round with the hash {ContentHash.OfText("another")}, and the one before it has {ContentHash.None}",
            (await engine.VerifyAsync()).Difference,
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// Rounds of a release that did not link them go on verifying, and the first one behind them speaks for the last of them.
    /// </summary>
    [Fact]
    public async Task Rounds_of_an_older_release_are_linked_to_by_the_next()
    {
        await using var engine = await ThreeRoundsAsync();
        for (var round = 1; round <= 3; round++)
            await ChangeAsync(round, body => body.Remove("before"));
        await StandingAsync(columns => columns.Remove("opened"));
        await engine.VerifyHoldsAsync();

        await using var later = new Engine(engine.City, _rows);
        await ElectAsync(later, 6);
        await PassAsync(later, "2023-04-30");
        await later.VerifyHoldsAsync();
        await ChangeAsync(3, body => body["stopped"] = new JsonArray("visit"));

        Assert.NotNull((await later.VerifyAsync()).Difference);
    }

    private async Task<Engine> ThreeRoundsAsync()
    {
        var engine = new Engine(new TinyCity(), _rows);
        engine.City.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        await TinyCity.BeginAsync(engine);
        await engine
            .Get<OfficerActs>()
            .MergeAsync(
                new CodesMerged(TinyCity.Code(8), TinyCity.Code(9), TinyCity.Morning("2023-01-02")),
                "their letter",
                TinyCity.Persons,
                default
            );
        await ElectAsync(engine, 4);
        await PassAsync(engine, "2023-01-31");
        await ElectAsync(engine, 5);
        await PassAsync(engine, "2023-02-28");
        await PassAsync(engine, "2023-03-31");
        await engine.VerifyHoldsAsync();
        return engine;
    }

    private static async Task ElectAsync(Engine engine, int enterprise) =>
        await engine
            .Get<IElectionLog>()
            .AddAsync(
                new StoredElection(
                    new Election(TinyCity.Code(enterprise), "visit", "none", TinyCity.Morning("2023-01-02")),
                    new RequestMark($"e{enterprise}", "key", ContentHash.OfText("body"))
                ),
                default
            );

    private static async Task PassAsync(Engine engine, string until)
    {
        engine.City.Until(until);
        await engine.PassAsync();
    }

    private Task ChangeAsync(int round, Action<JsonObject> change) =>
        WriteAsync(
            $"r{round:D6}",
            columns =>
            {
                var body = JsonNode.Parse(columns.Text("body"))!.AsObject();
                change(body);
                columns["body"] = body.ToJsonString(
                    new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
                );
            }
        );

    private Task StandingAsync(Action<RowColumns> change) => WriteAsync("head", change);

    /// <summary>By a hand that knows seals and counts.</summary>
    private async Task WriteAsync(string key, Action<RowColumns> change)
    {
        var (partition, row) = (await _rows.AllAsync(StorageKeys.Rounds)).Single(r => r.Partition == "standing" && r.Row.RowKey == key);
        change(row.Columns);
        Assert.IsType<CommitOutcome.Committed>(
            await new SealedRows(_rows.Unwatched).CommitAsync(StorageKeys.Rounds, partition, [new RowWrite.Put(key, row.Columns)], default)
        );
    }
}
