using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>A source of the city is made to hold a snapshot; officers see it, and two of them settle it.</summary>
[Collection(nameof(City))]
public sealed class Looking_at_sources(City city)
{
    [Fact]
    public async Task Shows_what_is_held_until_two_persons_settle_it()
    {
        const string source = "agriculture";
        var held = await HoldAsync(source);
        var officer = city.Token(Role.Officer);

        var listed = (await city.GetAsync("/api/sources", officer))
            .Json.GetProperty("sources")
            .EnumerateArray()
            .Single(s => s.GetProperty("source").GetString() == source);
        var records = (await city.GetAsync($"/api/sources/{source}/withdrawals", officer))
            .Json.GetProperty("records")
            .EnumerateArray()
            .ToList();
        Assert.Equal(held.Hex, listed.GetProperty("held").GetProperty("snapshot").GetString());
        Assert.Equal("torn-1", Assert.Single(records).GetProperty("recordId").GetString());

        Assert.Equal(409, (await AskAsync(source, ContentHash.None, "keep", "key-settle-0001")).Status);
        Assert.Equal(409, (await AskAsync("science", held, "keep", "key-settle-0002")).Status);
        Assert.Equal(400, (await AskAsync(source, held, "perhaps", "key-settle-0003")).Status);
        var asked = await AskAsync(source, held, "keep", "key-settle-0004");
        var agreed = await city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );

        Assert.Equal("done", agreed.Json.GetProperty("state").GetString());
        Assert.Equal(0, (await city.GetAsync($"/api/sources/{source}/withdrawals", officer)).Json.GetProperty("records").GetArrayLength());
    }

    [Fact]
    public async Task Says_of_each_whether_it_is_silent_and_of_none_that_is_not_there()
    {
        var sources = (await city.GetAsync("/api/sources", city.Token(Role.Auditor))).Json.GetProperty("sources").EnumerateArray().ToList();

        Assert.Equal(city.Catalogue.Facts.Kinds.Select(k => k.Agency).Distinct().Count(), sources.Count);
        Assert.All(sources, s => Assert.False(s.GetProperty("silent").GetBoolean()));
        Assert.Equal(404, (await city.GetAsync("/api/sources/nobody/withdrawals", city.Token(Role.Officer))).Status);
    }

    /// <summary>As a walk that found one record missing would have left it.</summary>
    private async Task<ContentHash> HoldAsync(string source)
    {
        var (sources, index) = (city.Engine.Get<ISourceLog>(), city.Engine.Get<ISnapshotIndex>());
        var (standing, version) = await sources.ReadAsync(source, CancellationToken.None);
        var line = new SnapshotLine("torn-1", city.Enterprises[0], "registration", "", new string('0', 32));
        var before = await index.ReadAsync(source, standing.Snapshot, CancellationToken.None);
        var known = await index.WriteAsync(source, [.. before, line], CancellationToken.None);
        var held = await index.WriteAsync(source, [.. before, line with { Hash = SnapshotLine.Withdrawn }], CancellationToken.None);
        Assert.True(
            await sources.AdvanceAsync(
                standing with
                {
                    Snapshot = known,
                    Held = new HeldWithdrawals(held, standing.CompleteThrough!.Value, 1, before.Count + 1),
                },
                version,
                CancellationToken.None
            )
        );
        return held;
    }

    private Task<Reply> AskAsync(string source, ContentHash snapshot, string outcome, string key) =>
        city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            $$"""{"kind":"settle-withdrawals","source":"{{source}}","snapshot":"{{snapshot.Hex}}","outcome":"{{outcome}}","why":"asked the agency"}""",
            key
        );
}
