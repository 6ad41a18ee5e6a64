using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Describing;

/// <summary>The proof of a payout as it can be kept: nothing in it changes later, so it has the same bytes whenever it is asked for.</summary>
/// <param name="Payout">Id of the payout.</param>
/// <param name="Uscc">The enterprise, by its code as it was then.</param>
/// <param name="Policy">The entry of the list.</param>
/// <param name="Occasion">For what.</param>
/// <param name="Number">0 for the first claim, 1, 2 … for supplements.</param>
/// <param name="Part">Which piece of the claim.</param>
/// <param name="Pool">The pool-year charged.</param>
/// <param name="City">City share that was reserved, in fen.</param>
/// <param name="County">County share that goes with it, in fen.</param>
/// <param name="Moment">When what is due rose.</param>
/// <param name="Round">The round that made the claim.</param>
/// <param name="Late">Whether it counted at the edge of its round.</param>
/// <param name="Receipt">Every condition with the value used, and the arithmetic.</param>
/// <param name="Withheld">Whether figures are left out that the reader may not see.</param>
/// <param name="EntryHash">Hash of the version of the entry.</param>
/// <param name="FactsHash">Hash over the facts.</param>
/// <param name="ClaimHash">Hash of the claim, as the chain has it.</param>
/// <param name="Entry">Number of the chain entry that reserved the money.</param>
/// <param name="EntryOfChain">Hash of that entry: it stands in the chain for ever.</param>
public sealed record PayoutReceipt(
    string Payout, Uscc Uscc, string Policy, string Occasion, int Number, int Part,
    PoolYear Pool, Fen City, Fen County, DateTimeOffset Moment, int Round, bool Late, Receipt Receipt, bool Withheld,
    ContentHash EntryHash, ContentHash FactsHash, ContentHash ClaimHash, long Entry, ContentHash EntryOfChain)
{
    /// <summary>The file: the receipt in its one written form, and the hash over exactly these characters in UTF-8.</summary>
    public string ToFile()
    {
        var text = CanonicalJson.Write(this);
        return $"{{\"receipt\":{text},\"sha256\":\"{ContentHash.OfText(text).Hex}\"}}\n";
    }
}

/// <summary>Makes receipts to keep.</summary>
public sealed class DescribeReceipt(IPoolLog pools)
{
    /// <summary>The receipt of a payout; null if its claim or its entry is not there any more.</summary>
    /// <param name="account">The payout with its history, as its reader may see it.</param>
    /// <param name="isWithheld">Whether figures are left out of it.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<PayoutReceipt?> HandleAsync(PayoutAccount account, bool isWithheld, CancellationToken cancellationToken)
    {
        if (account is not { Entitlement: { } claim, History: [var made, ..] }) return null;
        await foreach (var entry in pools.EntriesAsync(made.Pool, made.EntrySeq - 1, cancellationToken))
        {
            if (entry.Seq != made.EntrySeq) break;
            var key = made.Claim;
            return new PayoutReceipt(
                made.Id, key.Uscc, key.Policy, key.Occasion, key.Number, made.Part,
                made.Pool, made.City, made.County, claim.Moment, claim.Round, claim.Claim.Late, claim.Receipt, isWithheld,
                claim.Claim.EntryHash, claim.Claim.FactsHash, made.ClaimHash, entry.Seq, entry.Hash);
        }

        return null;
    }
}
