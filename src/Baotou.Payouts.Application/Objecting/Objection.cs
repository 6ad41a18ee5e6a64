using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Objecting;

/// <summary>What somebody says against a payout on public notice. Kept for ever as it was said.</summary>
/// <param name="Payout">The payout.</param>
/// <param name="Number">Its number among those of the payout, from 1.</param>
/// <param name="Request">Who said it, under which key; never shown to an enterprise.</param>
/// <param name="Text">What is said, 1 to 2,000 characters.</param>
/// <param name="On">The business day.</param>
/// <param name="Version">Version of the payout that it was said of, and held since.</param>
public sealed record Objection(string Payout, int Number, RequestMark Request, string Text, DateOnly On, int Version);

/// <summary>What the responsible bureau finds.</summary>
public enum Finding
{
    /// <summary>The objection does not stand; the payout goes on. Final.</summary>
    Dismissed,

    /// <summary>The objection stands; two persons release the money. If they refuse, it may still be dismissed.</summary>
    Upheld,
}

/// <summary>One decision on an objection; the last one counts.</summary>
/// <param name="Payout">The payout.</param>
/// <param name="Objection">Number of the objection.</param>
/// <param name="Number">Its number among the decisions on that objection, from 1.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Why">Why.</param>
/// <param name="Request">Who decided, under which key.</param>
/// <param name="At">When, on the business clock.</param>
public sealed record ObjectionDecision(
    string Payout,
    int Objection,
    int Number,
    Finding Finding,
    string Why,
    RequestMark Request,
    DateTimeOffset At
);

/// <summary>An objection with all that was decided about it.</summary>
/// <param name="Objection">The objection.</param>
/// <param name="Decisions">In their order; empty while it is open.</param>
public sealed record ObjectionCase(Objection Objection, IReadOnlyList<ObjectionDecision> Decisions)
{
    /// <summary>What was found last; null while it is open.</summary>
    public Finding? Finding => Decisions.Count > 0 ? Decisions[^1].Finding : null;

    /// <summary>Whether it holds its payout: it is open or upheld.</summary>
    public bool Holds => Finding != Objecting.Finding.Dismissed;
}

/// <summary>Objections and what was decided about them, append-only, each written in one transaction with its payout.</summary>
public interface IObjectionStore
{
    /// <summary>The objections against a payout, by number.</summary>
    Task<IReadOnlyList<ObjectionCase>> OfPayoutAsync(string payoutId, CancellationToken cancellationToken);

    /// <summary>The objections against the payouts of a bucket, by payout, then number.</summary>
    Task<IReadOnlyList<ObjectionCase>> OfBucketAsync(int bucket, CancellationToken cancellationToken);

    /// <summary>
    /// Adds an objection together with the transition that it makes; a payout that stays as it was is written again, so that whoever moves
    /// it meanwhile reads anew. False if somebody else was faster with either; nothing was written.
    /// </summary>
    Task<bool> AddAsync(StoredPayout before, Payout after, Objection objection, CancellationToken cancellationToken);

    /// <summary>Adds a decision, as <see cref="AddAsync(StoredPayout, Payout, Objection, CancellationToken)"/> adds an objection.</summary>
    Task<bool> AddAsync(StoredPayout before, Payout after, ObjectionDecision decision, CancellationToken cancellationToken);
}
