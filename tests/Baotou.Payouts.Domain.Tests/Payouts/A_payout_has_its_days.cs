using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Domain.Tests.Payouts;

/// <summary>
/// The days of a notice are there from its beginning to its end, those of a click while it is waited for; whoever verifies finds any other.
/// </summary>
public sealed class A_payout_has_its_days
{
    private static readonly DayWindow Days = new(new DateOnly(2023, 9, 28), new DateOnly(2023, 10, 11));
    private static readonly Payout Reserved = A_reservation_makes_a_payout.Sample;
    private static readonly Payout Shown = Reserved.Move(PayoutState.Notice) with { Window = Days };

    [Fact]
    public void Both_ends_are_included()
    {
        Assert.True(Days.Contains(Days.First) && Days.Contains(Days.Last));
        Assert.False(Days.Contains(Days.First.AddDays(-1)) || Days.Contains(Days.Last.AddDays(1)));
    }

    [Fact]
    public void A_hold_keeps_the_days_of_a_notice_and_a_release_does_not()
    {
        var held = Shown.Move(PayoutState.Held, note: "why");

        Assert.Equal((Days, Days), (held.Window, held.Move(PayoutState.Notice).Window));
        Assert.Null(held.Move(PayoutState.Ready).Window);
        Assert.Null(Shown.Move(PayoutState.Ready).Window);
        Assert.Null((Shown.Move(PayoutState.Ready) with { Window = Days }).Move(PayoutState.Held).Window);
    }

    [Fact]
    public void Steps_that_keep_to_that_are_fine()
    {
        var ready = Shown.Move(PayoutState.Ready) with { Window = Days, PayBy = new DateOnly(2023, 12, 1) };
        var held = Shown.Move(PayoutState.Held);
        foreach (
            var (before, after) in new[]
            {
                (Reserved, Shown),
                (Shown, held),
                (held, held.Move(PayoutState.Notice)),
                (Shown, ready),
                (ready, ready.Move(PayoutState.Confirmed)),
                (ready, ready.Move(PayoutState.Held)),
            }
        )
            Assert.Null(PayoutHistory.Problem(before, after));
    }

    [Fact]
    public void Other_days_are_found()
    {
        var held = Shown.Move(PayoutState.Held);
        var confirmed = Reserved.Move(PayoutState.Ready).Move(PayoutState.Confirmed);
        foreach (
            var (before, after) in new[]
            {
                (Reserved, Shown with { Window = null }),
                (Reserved, Shown with { Window = new DayWindow(Days.Last, Days.First) }),
                (Shown, held with { Window = null }),
                (Shown, held with { Window = Days with { Last = Days.First } }),
                (held, held.Move(PayoutState.Notice) with { Window = Days with { Last = Days.First } }),
                (Reserved, Reserved.Move(PayoutState.Held) with { Window = Days }),
                (confirmed, confirmed.Move(PayoutState.Held) with { Window = Days }),
            }
        )
            Assert.StartsWith("may be spoken about from", PayoutHistory.Problem(before, after), StringComparison.Ordinal);
        Assert.StartsWith(
            "is to be paid by 2023-10-11",
            PayoutHistory.Problem(confirmed, confirmed.Move(PayoutState.Held) with { PayBy = Days.Last }),
            StringComparison.Ordinal
        );
    }
}
