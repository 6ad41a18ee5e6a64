using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Rerunning;

/// <summary>
/// These sentences are kept with what a run did, and verifying says them again: one that is worded anew calls every older run changed.
/// </summary>
public sealed class What_came_of_a_line
{
    private static readonly ClaimKey Key = new("visit", "v1", TinyCity.Code(1), 1);

    [Fact]
    public void Is_told_in_words_that_stay()
    {
        var claim = new ShownClaim(1, new(600), Fen.Zero, Fen.Zero, new(600), true, ContentHash.None, ContentHash.None);
        var payout = new ShownPayout("p1", PayoutState.Ready, 2, new(600), LineStep.Release, new(200));

        Assert.Equal(new(Key.ToString(), true, "supplement of 600 fen granted"), StepOutcome.OfGrant(Key, claim, "r1", "r1"));
        Assert.Equal(new(Key.ToString(), false, "changed since: run r2 granted it"), StepOutcome.OfGrant(Key, claim, "r1", "r2"));
        Assert.Equal(new("p1", true, "200 fen released"), StepOutcome.OfPayout(payout, isMoved: true));
        Assert.Equal(
            new("p1", true, "200 fen to be recovered: a case stands open"),
            StepOutcome.OfPayout(payout with { Step = LineStep.Recover }, isMoved: true)
        );
        Assert.Equal(new("p1", false, "changed since: it was Ready in version 2"), StepOutcome.OfPayout(payout, isMoved: false));
    }
}
