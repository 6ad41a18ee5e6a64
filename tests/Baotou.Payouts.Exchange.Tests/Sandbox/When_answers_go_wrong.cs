using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Local.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Exchange.Tests.Sandbox;

public sealed class When_answers_go_wrong
{
    [Fact]
    public async Task What_is_delivered_depends_neither_on_page_size_nor_on_faults()
    {
        var world = Walks.World(7, 60);
        string[][] told = await Task.WhenAll(ToldAsync(1_000, 0), ToldAsync(17, 0), ToldAsync(200, 0.3));

        Assert.NotEmpty(told[0]);
        Assert.Equal(told[0], told[1]);
        Assert.Equal(told[0], told[2]);

        async Task<string[]> ToldAsync(int size, double rate)
        {
            await using var exchange = await SandboxExchange.StartAsync(world, new SandboxFaults(rate, 7));
            await using var client = Walks.Client(exchange);
            return await Walks.EverythingAsync(exchange, client, size);
        }
    }

    [Fact]
    public async Task Every_kind_of_fault_is_outlived()
    {
        var world = Walks.World(7, 150);
        var faults = new SandboxFaults(0.5, 11);
        await using var exchange = await SandboxExchange.StartAsync(world, faults);
        await using var client = Walks.Client(exchange);
        exchange.AdvanceTo(SandboxCalendar.Ticks.Count - 1);

        foreach (var agency in client.GetServices<IAgency>())
            await Walks.WalkAsync(agency, 5);

        Assert.All(faults.Counts, count => Assert.True(count.Value > 0, $"{count.Key} never came"));
    }

    [Fact]
    public void At_most_three_answers_to_one_request_go_wrong_running()
    {
        var faults = new SandboxFaults(1, 7);

        var course = Enumerable.Range(0, 40).Select(_ => faults.Next("tax?cursor=&size=5") != SandboxFault.None).ToList();

        Assert.All(course.Index(), item => Assert.Equal(item.Index % 4 != 3, item.Item));
    }

    [Fact]
    public async Task Records_that_are_none_are_handed_over_for_quarantine_and_lose_no_neighbour()
    {
        var world = Walks.World(7, 400);
        await using var exchange = await SandboxExchange.StartAsync(world);
        await using var client = Walks.Client(exchange);
        exchange.AdvanceTo(SandboxCalendar.Ticks.Count - 1);

        var unreadable = 0;
        foreach (var agency in client.GetServices<IAgency>())
        {
            var walk = await Walks.WalkAsync(agency, 100);
            unreadable += walk.Unreadable.Count;
            if (agency.Kind == WalkKind.Cursor)
                Assert.Equal(world.Records.Count(r => r.Source == agency.Source), walk.Records.Count + walk.Unreadable.Count);
        }

        Assert.True(unreadable > 0);
    }

    [Fact]
    public async Task A_walk_goes_on_where_the_last_one_ended()
    {
        await using var exchange = await SandboxExchange.StartAsync(Walks.World());
        await using var client = Walks.Client(exchange);
        var tax = client.GetServices<IAgency>().Single(a => a.Source == "tax");

        var first = await Walks.WalkAsync(tax, 50);
        var nothingNew = await Walks.WalkAsync(tax, 50, first.Cursor);
        exchange.Advance();
        var second = await Walks.WalkAsync(tax, 50, first.Cursor);

        Assert.Empty(nothingNew.Records);
        Assert.Equal(SandboxCalendar.Ticks[0], nothingNew.Last.AsOf);
        Assert.Equal(SandboxCalendar.Ticks[1], second.Last.AsOf);
        Assert.Empty(first.Records.Select(r => r.RecordId + r.RecordedAt).Intersect(second.Records.Select(r => r.RecordId + r.RecordedAt)));
    }

    [Fact]
    public async Task The_treasury_tells_its_accounts_under_faults_too()
    {
        var world = Walks.World();
        await using var exchange = await SandboxExchange.StartAsync(world, new SandboxFaults(0.3, 3));
        await using var client = Walks.Client(exchange);
        exchange.AdvanceTo(SandboxCalendar.Ticks.Count - 1);
        var treasury = client.GetRequiredService<IAccountRegister>();

        HashSet<string> told = [];
        for (var page = await treasury.ReadPageAsync("", 20, default); ; page = await treasury.ReadPageAsync(page.Cursor, 20, default))
        {
            told.UnionWith(page.Accounts.Select(a => a.RecordId));
            if (page.AsOf is not null)
                break;
        }

        Assert.Equal(world.Accounts.Select(a => a.RecordId).ToHashSet(), told);
    }
}
