using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Domain.Tests.Payouts;

public sealed class A_payout_moves_by_one_table
{
    /// <summary>
    /// The table once more, as a reader of the regulation would write it down: each line a state and all that may follow.
    /// </summary>
    private const string Expected = """
        Reserved: Notice Ready Held Releasing
        Notice: Ready Held Releasing
        Ready: Confirmed Declined Held Releasing
        Confirmed: Instructed Held Releasing
        Held: Reserved Notice Ready Confirmed Releasing
        Declined: Releasing
        Releasing: Released Reserved
        Released:
        Instructed: Settling Unknown Confirmed
        Unknown: Instructed Settling Confirmed
        Settling: Paid
        Paid: Returning ClawbackDue
        Returning: Returned
        Returned: Confirmed Held Releasing
        ClawbackDue: ClawingBack Paid
        ClawingBack: ClawedBack Paid
        ClawedBack:
        """;

    private static readonly Dictionary<PayoutState, HashSet<PayoutState>> Lines = Expected
        .Split('\n')
        .Select(l => l.Split(':'))
        .ToDictionary(
            l => Enum.Parse<PayoutState>(l[0]),
            l =>
                l[1]
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(Enum.Parse<PayoutState>)
                    .ToHashSet()
        );

    [Fact]
    public void Every_pair_is_allowed_or_throws_and_changes_nothing()
    {
        foreach (var from in Enum.GetValues<PayoutState>())
        {
            foreach (var to in Enum.GetValues<PayoutState>())
            {
                var payout = A_reservation_makes_a_payout.Sample with { State = from, Version = 4, Intent = "old", Note = "old" };
                Assert.Equal(Lines[from].Contains(to), PayoutTransitions.Allows(from, to));
                if (Lines[from].Contains(to))
                    Assert.Equal(
                        payout with
                        {
                            State = to,
                            Version = 5,
                            Intent = "act",
                            Note = "why",
                            Previous = CanonicalJson.Hash(payout),
                        },
                        payout.Move(to, "act", "why")
                    );
                else
                    Assert.Contains(
                        $"{from} and cannot become {to}",
                        Assert.Throws<InvalidOperationException>(() => payout.Move(to)).Message,
                        StringComparison.Ordinal
                    );
            }
        }
    }

    [Fact]
    public void The_table_names_every_state_once() =>
        Assert.Equal(Enum.GetValues<PayoutState>().Order(), PayoutTransitions.Table.Select(r => r.From).Order());

    [Fact]
    public void Money_is_sent_and_released_never_from_the_same_state()
    {
        var releasable = Lines.Where(l => l.Value.Contains(PayoutState.Releasing)).Select(l => l.Key);
        PayoutState[] afterSending =
        [
            PayoutState.Instructed,
            PayoutState.Unknown,
            PayoutState.Settling,
            PayoutState.Paid,
            PayoutState.Returning,
        ];
        Assert.Empty(releasable.Intersect(afterSending));
    }

    [Fact]
    public void Every_state_can_be_reached_and_only_the_final_ones_end()
    {
        var reached = new HashSet<PayoutState> { PayoutState.Reserved };
        while (reached.SelectMany(s => Lines[s]).Any(reached.Add)) { }

        Assert.Equal(Enum.GetValues<PayoutState>().ToHashSet(), reached);
        Assert.Equal([PayoutState.Released, PayoutState.ClawedBack], Lines.Where(l => l.Value.Count == 0).Select(l => l.Key).Order());
    }

    [Fact]
    public void A_move_without_words_clears_the_words_of_the_last() =>
        Assert.Equal(
            ("", ""),
            A_reservation_makes_a_payout.Sample.Move(PayoutState.Held, "act", "why").Move(PayoutState.Ready) is var p
                ? (p.Intent, p.Note)
                : default
        );
}
