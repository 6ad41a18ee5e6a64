using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Objecting;

/// <summary>Ready on 12 October with ten days for the click, so 21 October is the last.</summary>
public sealed class When_nobody_confirms_in_time
{
    private const string LastDay = "2023-10-21";
    private const string Late = "2023-10-22";

    private static readonly DateTimeOffset At = new(2023, 10, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_is_held_and_its_release_proposed_once()
    {
        var city = await ReadyAsync();
        Assert.Equal(PayoutState.Ready, (await city.SweptAsync(LastDay)).State);

        Assert.Equal((PayoutState.Held, PayoutDays.NoClick), (await city.SweptAsync(Late)) is var p ? (p.State, p.Note) : default);
        await city.SweptAsync(Late);
        await city.SweptAsync("2023-10-23");

        await using var engine = city.On(Late);
        var proposed = await ShownCity.ApprovalsAsync(engine);
        Assert.Equal(2, proposed.Count);
        Assert.All(proposed, a => Assert.Equal((Approvals.Schedule, ApprovalState.Pending), (a.Request.Subject, a.State)));
    }

    [Fact]
    public async Task It_is_released_when_two_different_persons_agree()
    {
        var (city, proposed) = await ProposedAsync();
        await using var engine = city.On(Late);
        var approvals = engine.Get<Approvals>();

        var first = Assert.IsType<Decided.Stands>(await approvals.DecideAsync(proposed, true, "", "staff-li", At, default));
        var again = Assert.IsType<Decided.Stands>(await approvals.DecideAsync(proposed, true, "", "staff-li", At, default));
        Assert.Equal((ApprovalState.Pending, "staff-li"), (first.Approval.State, first.Approval.AgreedBy));
        Assert.Equal(first.Approval, again.Approval);
        Assert.Equal(PayoutState.Held, (await city.SweptAsync(Late)).State);

        var second = Assert.IsType<Decided.Stands>(await approvals.DecideAsync(proposed, true, "", "staff-wang", At, default));
        Assert.Equal((ApprovalState.Done, "staff-wang"), (second.Approval.State, second.Approval.DecidedBy));
        Assert.Equal(PayoutState.Released, (await city.SweptAsync(Late)).State);
    }

    [Fact]
    public async Task Refused_by_one_the_enterprise_is_asked_again_from_that_day()
    {
        var (city, proposed) = await ProposedAsync();
        await using (var engine = city.On(Late))
            await engine.Get<Approvals>().DecideAsync(proposed, false, "holiday", "staff-li", At, default);

        var asked = await city.SweptAsync("2023-10-24");

        Assert.Equal(
            (PayoutState.Ready, new DayWindow(ShownCity.Day("2023-10-24"), ShownCity.Day("2023-11-02"))),
            (asked.State, asked.Window)
        );
        Assert.Equal(PayoutState.Held, (await city.SweptAsync("2023-11-03")).State);
    }

    private static async Task<ShownCity> ReadyAsync()
    {
        var city = new ShownCity();
        await city.BeginAsync();
        await city.SweptAsync(ShownCity.After);
        return city;
    }

    private static async Task<(ShownCity City, string Approval)> ProposedAsync()
    {
        var city = await ReadyAsync();
        await city.SweptAsync(Late);
        await city.SweptAsync(Late);
        await using var engine = city.On(Late);
        var first = (await ShownCity.FirstAsync(engine)).Id;
        return (
            city,
            (await ShownCity.ApprovalsAsync(engine)).Single(a => a.Proposal is Proposal.ReleaseMoney release && release.Payout == first).Id
        );
    }
}
