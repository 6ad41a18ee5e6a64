using System.Text.Json;

namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class Running_the_demo : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("payouts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_summary_for_machines_has_every_part_and_balances()
    {
        var run = await CommandRun.Working("demo", "--memory", "--enterprises", "80", "--json");

        Assert.Equal(0, run.Code);
        var summary = run.Json;
        Assert.Equal("holds", summary.GetProperty("verify").GetString());
        Assert.Equal("2023-06-30", summary.GetProperty("asOf").GetString());
        Assert.Equal(80, summary.GetProperty("enterprises").GetInt32());
        Assert.Equal(64, summary.GetProperty("payoutsSha256").GetString()!.Length);
        foreach (var name in new[] { "facts", "quarantined", "decisions", "entitled", "payouts", "payoutFen", "seconds" })
            Assert.True(summary.GetProperty(name).GetDecimal() > 0, name);
        Assert.True(summary.GetProperty("storageTransactions").GetProperty("table").GetInt64() > 0);
        Assert.True(summary.GetProperty("storageTransactions").GetProperty("queue").GetInt64() > 0);
        var pools = summary.GetProperty("pools").EnumerateArray().ToList();
        Assert.All(pools, p => Assert.Equal(Fen(p, "appropriatedFen"), Fen(p, "reservedFen") + Fen(p, "paidFen") + Fen(p, "freeFen")));
        Assert.All(pools, p => Assert.True(Fen(p, "waiting") == 0 || Fen(p, "freeFen") == 0));
        Assert.All(pools, p => Assert.Equal(64, p.GetProperty("chainHead").GetString()!.Length));
        Assert.Equal(summary.GetProperty("payouts").GetInt64(), pools.Sum(p => Fen(p, "payouts")));
        Assert.Equal(summary.GetProperty("waiting").GetInt64(), pools.Sum(p => Fen(p, "waiting")));
        Assert.All(pools, p => Assert.Equal(2023, p.GetProperty("fiscalYear").GetInt32()));
    }

    [Fact]
    public async Task Workers_page_size_and_faults_change_nothing_of_the_outcome()
    {
        var plain = (await CommandRun.Working("demo", "--memory", "--enterprises", "40", "--json")).Json;
        var other = (
            await CommandRun.Working(
                "demo",
                "--memory",
                "--enterprises",
                "40",
                "--workers",
                "4",
                "--page-size",
                "23",
                "--faults",
                "0.1",
                "--json"
            )
        ).Json;

        foreach (
            var name in new[]
            {
                "payoutsSha256",
                "facts",
                "quarantined",
                "decisions",
                "entitled",
                "payouts",
                "payoutFen",
                "waiting",
                "pools",
                "sources",
            }
        )
            Assert.Equal(plain.GetProperty(name).ToString(), other.GetProperty(name).ToString());
    }

    [Fact]
    public async Task Another_seed_is_another_city()
    {
        var one = (await CommandRun.Working("demo", "--memory", "--enterprises", "30", "--json")).Json;
        var other = (await CommandRun.Working("demo", "--memory", "--enterprises", "30", "--seed", "8", "--json")).Json;

        Assert.NotEqual(one.GetProperty("payoutsSha256").GetString(), other.GetProperty("payoutsSha256").GetString());
    }

    [Fact]
    public async Task People_read_pools_sources_three_payouts_with_their_reasons_and_that_it_holds()
    {
        var run = await CommandRun.Working("demo", "--memory", "--enterprises", "80");

        Assert.Equal(0, run.Code);
        Assert.Contains("文旅奖励·地接奖励资金\t2023\t", run.Out, StringComparison.Ordinal);
        Assert.Contains("market\t", run.Out, StringComparison.Ordinal);
        Assert.Equal(3, run.Out.Split("排序时间").Length - 1);
        Assert.Contains("    ✓ ", run.Out, StringComparison.Ordinal);
        Assert.Contains("verify: holds (", run.Out, StringComparison.Ordinal);
        Assert.Contains("2023-06-30: pull, match, allocate, issue\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_store_can_be_looked_at_and_run_again_without_paying_anything_new()
    {
        var data = Path.Combine(_folder.FullName, "store");
        var demo = (await CommandRun.Working("demo", "--enterprises", "40", "--data", data, "--json")).Json;
        var memory = (await CommandRun.Working("demo", "--memory", "--enterprises", "40", "--json")).Json;
        Assert.Equal(memory.GetProperty("payoutsSha256").GetString(), demo.GetProperty("payoutsSha256").GetString());

        var again = (await CommandRun.Working("run", "--data", data, "--json")).Json;
        Assert.Equal(0, again.GetProperty("newPayouts").GetInt32());
        Assert.Equal(demo.GetProperty("payouts").GetInt32(), again.GetProperty("payouts").GetInt32());

        var verified = await CommandRun.Working("verify", "--data", data, "--json");
        Assert.Equal(0, verified.Code);
        Assert.Equal("holds", verified.Json.GetProperty("verify").GetString());

        Assert.Equal(
            0,
            (await CommandRun.Working("parked", "--replay", "--data", data, "--json")).Json.GetProperty("messages").GetArrayLength()
        );

        var first = demo.GetProperty("pools").EnumerateArray().First(p => Fen(p, "payouts") > 0);
        var pool = (
            await CommandRun.Working("pool", first.GetProperty("id").GetString()!, "--history", "--data", data, "--json")
        ).Json.GetProperty("years")[0];
        Assert.Equal(first.GetProperty("chainHead").GetString(), pool.GetProperty("chainHead").GetString());
        var history = pool.GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(first.GetProperty("chainHead").GetString(), history[^1].GetProperty("hash").GetString());
        Assert.All(
            history.Skip(1).Zip(history),
            pair => Assert.Equal(pair.Second.GetProperty("hash").GetString(), pair.First.GetProperty("previous").GetString())
        );

        var example = demo.GetProperty("examples")[0];
        var payout = (
            await CommandRun.Working("payout", example.GetProperty("id").GetString()!, "--history", "--data", data, "--json")
        ).Json;
        Assert.Equal(Fen(example, "amountFen"), Fen(payout, "amountFen"));
        Assert.NotEqual("", payout.GetProperty("receipt").GetProperty("arithmetic").GetString());
        Assert.Equal("reserved", payout.GetProperty("history")[0].GetProperty("state").GetString());

        Assert.Contains(
            "asked for is the city of seed 7 with 41 enterprises",
            (await CommandRun.Working("demo", "--enterprises", "41", "--data", data)).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_folder_with_other_things_in_it_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "letter.txt"), "dear");

        Assert.Contains(
            "this folder holds other things",
            (await CommandRun.Of("demo", "--data", _folder.FullName)).Refusal(),
            StringComparison.Ordinal
        );
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(_folder.FullName).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_folder_whose_settings_are_damaged_is_told()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "payouts.json"), "{\"buckets\": 0}");

        Assert.Contains(
            "names no number of buckets between 1 and 1,000",
            (await CommandRun.Of("verify", "--data", _folder.FullName)).Refusal(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "names no number of buckets between 1 and 1,000",
            (await CommandRun.Of("demo", "--data", _folder.FullName)).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("run")]
    [InlineData("parked")]
    [InlineData("pool science-support")]
    [InlineData("payout 001-abcdefghijklmnopqrstuvwxyz")]
    public async Task A_folder_without_a_store_is_told(string verb) =>
        Assert.Contains(
            "this folder holds no store",
            (await CommandRun.Of([.. verb.Split(' '), "--data", _folder.FullName])).Refusal(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("pool sciense-support --data x", "the list has no pool 'sciense-support' (did you mean 'science-support'?)")]
    [InlineData("payout 1 --data x", "'1' is not the id of a payout")]
    [InlineData("verify", "no store is named; name one with --data DIR or --account URI")]
    [InlineData("run", "Option '--data' is required")]
    [InlineData("demo --memory --data x", "--data and --memory exclude each other")]
    [InlineData("demo --enterprises 0", "--enterprises expects a number from 1 to 1000000, got '0'")]
    [InlineData("demo --enterprises 2.5", "--enterprises expects a number from 1 to 1000000, got '2.5'")]
    [InlineData("demo --seed 9223372036854775808", "--seed expects a number from")]
    [InlineData("demo --faults 1.01", "--faults expects a number from 0 to 1, got '1.01'")]
    [InlineData("demo --faults NaN", "--faults expects a number from 0 to 1, got 'NaN'")]
    [InlineData("demo --workers 65", "--workers expects a number from 1 to 64, got '65'")]
    [InlineData("demo --page-size many", "--page-size expects a number from 1 to 1000, got 'many'")]
    public async Task What_cannot_be_asked_for_is_refused(string line, string told) =>
        Assert.Contains(told, (await CommandRun.Of(line.Split(' '))).Refusal(), StringComparison.Ordinal);

    [Fact]
    public async Task Being_stopped_is_an_ending_of_its_own()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var run = await CommandRun.Of(false, TimeProvider.System, ["demo", "--memory", "--enterprises", "20"], stop.Token);

        Assert.Equal(130, run.Code);
        Assert.EndsWith("stopped\n", run.Error, StringComparison.Ordinal);
    }

    private static long Fen(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
