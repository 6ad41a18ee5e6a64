using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Describing;

/// <summary>
/// The proof of a payout as it can be kept: nothing in it changes later, so it has the same bytes whenever it is asked for.
/// </summary>
public sealed record PayoutReceipt
{
    /// <summary>Id of the payout.</summary>
    public required string Payout { get; init; }

    /// <summary>The enterprise, by its code as it was then.</summary>
    public required Uscc Uscc { get; init; }

    /// <summary>The entry of the list.</summary>
    public required string Policy { get; init; }

    /// <summary>For what.</summary>
    public required string Occasion { get; init; }

    /// <summary>0 for the first claim, 1, 2 … for supplements.</summary>
    public required int Number { get; init; }

    /// <summary>Which piece of the claim.</summary>
    public required int Part { get; init; }

    /// <summary>The pool-year charged.</summary>
    public required PoolYear Pool { get; init; }

    /// <summary>City share that was reserved, in fen.</summary>
    public required Fen City { get; init; }

    /// <summary>County share that goes with it, in fen.</summary>
    public required Fen County { get; init; }

    /// <summary>When what is due rose.</summary>
    public required DateTimeOffset Moment { get; init; }

    /// <summary>The round that made the claim.</summary>
    public required int Round { get; init; }

    /// <summary>Whether it counted at the edge of its round.</summary>
    public required bool Late { get; init; }

    /// <summary>Every condition with the value used, and the arithmetic.</summary>
    public required Receipt Receipt { get; init; }

    /// <summary>Whether figures are left out that the reader may not see.</summary>
    public required bool Withheld { get; init; }

    /// <summary>Hash of the version of the entry.</summary>
    public required ContentHash EntryHash { get; init; }

    /// <summary>Hash over the facts.</summary>
    public required ContentHash FactsHash { get; init; }

    /// <summary>Hash of the claim, as the chain has it.</summary>
    public required ContentHash ClaimHash { get; init; }

    /// <summary>Number of the chain entry that reserved the money.</summary>
    public required long Entry { get; init; }

    /// <summary>Hash of that entry: it stands in the chain for ever.</summary>
    public required ContentHash EntryOfChain { get; init; }

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
        if (account is not { Entitlement: { } claim, History: [var made, ..] })
            return null;
        await foreach (var entry in pools.EntriesAsync(made.Pool, made.EntrySeq - 1, cancellationToken))
        {
            if (entry.Seq != made.EntrySeq)
                break;
            var key = made.Claim;
            return new PayoutReceipt
            {
                Payout = made.Id,
                Uscc = key.Uscc,
                Policy = key.Policy,
                Occasion = key.Occasion,
                Number = key.Number,
                Part = made.Part,
                Pool = made.Pool,
                City = made.City,
                County = made.County,
                Moment = claim.Moment,
                Round = claim.Round,
                Late = claim.Claim.Late,
                Receipt = claim.Receipt,
                Withheld = isWithheld,
                EntryHash = claim.Claim.EntryHash,
                FactsHash = claim.Claim.FactsHash,
                ClaimHash = made.ClaimHash,
                Entry = entry.Seq,
                EntryOfChain = entry.Hash,
            };
        }

        return null;
    }
}
