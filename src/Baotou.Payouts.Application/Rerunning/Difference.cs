using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>What a rerun looks at; null is everything.</summary>
/// <param name="Policy">Id of one entry.</param>
/// <param name="Enterprise">One enterprise.</param>
/// <param name="Period">One occasion, such as a benefit year.</param>
public sealed record RerunScope(string? Policy, Uscc? Enterprise, string? Period)
{
    /// <summary>Whether a claim lies in it.</summary>
    public bool Contains(ClaimKey key) =>
        (Policy is null || key.Policy == Policy)
        && (Enterprise is null || key.Uscc == Enterprise)
        && (Period is null || key.Occasion == Period);
}

/// <summary>How what is due of an award stands to what was claimed, reserved and paid of it.</summary>
public enum DifferenceKind
{
    /// <summary>The same amount.</summary>
    Unchanged,

    /// <summary>Not claimed before: the next round claims it by itself.</summary>
    New,

    /// <summary>More than before: the rise waits for two persons.</summary>
    Higher,

    /// <summary>Less than before: what waits falls by itself, what is reserved or paid waits for two persons.</summary>
    Lower,

    /// <summary>Nothing any more.</summary>
    Lost,
}

/// <summary>What changed an award.</summary>
public enum ReasonKind
{
    /// <summary>A record: which field, from what to what.</summary>
    Fact,

    /// <summary>Another version of an entry of the list.</summary>
    Rule,

    /// <summary>An act about an entry.</summary>
    Act,

    /// <summary>A day came.</summary>
    Day,
}

/// <summary>One thing that changed.</summary>
/// <param name="Kind">Of which kind it is.</param>
/// <param name="What">Source, record and field; the entry; or the act.</param>
/// <param name="Old">What stood before; empty if nothing did.</param>
/// <param name="New">What stands now.</param>
public sealed record ChangeReason(ReasonKind Kind, string What, string Old, string New)
{
    /// <summary>"culture/v1 visitors: 30 → 36".</summary>
    public override string ToString() => Old.Length > 0 ? $"{What}: {Old} → {New}" : $"{What}: {New}";
}

/// <summary>What applying a line does with a payout.</summary>
public enum LineStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Gives a part of it, or all, back to the pool.</summary>
    Release,

    /// <summary>Opens a case to recover a part of it, or all.</summary>
    Recover,

    /// <summary>Nothing now: its payment is under way. Ask again when that is answered.</summary>
    Wait,
}

/// <summary>
/// A payout as it is shown, and what applying the line does with it. It applies only to the payout in this very state and version.
/// </summary>
/// <param name="Id">The payout.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Version">Its version.</param>
/// <param name="City">Its city share.</param>
/// <param name="Step">What is done with it.</param>
/// <param name="TooMuch">City share to take back, in fen; zero where nothing is done.</param>
public sealed record ShownPayout(string Id, PayoutState State, int Version, Fen City, LineStep Step, Fen TooMuch)
{
    /// <summary>Whether applying the line takes something of it back.</summary>
    public bool TakesBack => Step is LineStep.Release or LineStep.Recover;
}

/// <summary>A claim as it is shown; city shares, in fen.</summary>
/// <param name="Number">0 for the first, 1, 2 … for supplements.</param>
/// <param name="Amount">What it was made for.</param>
/// <param name="County">The county share that goes with it.</param>
/// <param name="Stands">What stands of it in line, reserved or paid.</param>
/// <param name="Due">What is due of it.</param>
/// <param name="IsGranted">Whether applying the line grants it: a supplement that two persons have not agreed to yet.</param>
/// <param name="EntryHash">Hash of the version of the entry that made it.</param>
/// <param name="FactsHash">Hash over its facts.</param>
public sealed record ShownClaim(
    int Number,
    Fen Amount,
    Fen County,
    Fen Stands,
    Fen Due,
    bool IsGranted,
    ContentHash EntryHash,
    ContentHash FactsHash
);

/// <summary>One award of one enterprise, before and after.</summary>
/// <param name="Kind">How they differ.</param>
/// <param name="Policy">Id of the entry.</param>
/// <param name="Occasion">The occasion.</param>
/// <param name="Uscc">The enterprise.</param>
/// <param name="Before">What stands claimed, reserved or paid, both shares.</param>
/// <param name="After">What is due, both shares.</param>
/// <param name="AfterRound">Whether a round has to take the change up before anything of it can be applied.</param>
/// <param name="Reasons">What changed it, the first twenty.</param>
/// <param name="Claims">Its claims by number.</param>
/// <param name="Payouts">Its payouts that hold money, by claim and part.</param>
public sealed record DifferenceLine(
    DifferenceKind Kind,
    string Policy,
    string Occasion,
    Uscc Uscc,
    Fen Before,
    Fen After,
    bool AfterRound,
    IReadOnlyList<ChangeReason> Reasons,
    IReadOnlyList<ShownClaim> Claims,
    IReadOnlyList<ShownPayout> Payouts
)
{
    /// <summary>The reasons in one line.</summary>
    public string Because => string.Join("; ", Reasons);

    /// <summary>Whether applying it does anything; the rest the schedule does by itself.</summary>
    public bool NeedsTwoPersons => Claims.Any(c => c.IsGranted) || Payouts.Any(p => p.TakesBack);

    /// <summary>The name of one of its claims.</summary>
    public ClaimKey KeyOf(ShownClaim shown) => new(Policy, Occasion, Uscc, shown.Number);
}

/// <summary>The whole difference with the hash by which an approval names it.</summary>
/// <param name="Scope">What was looked at.</param>
/// <param name="Round">The round that would come next.</param>
/// <param name="Catalogue">The list it was worked out with.</param>
/// <param name="Undecided">Enterprises that cannot be decided; nothing of theirs is compared, and a hold says why.</param>
/// <param name="Unchanged">Awards that are the same.</param>
/// <param name="UnchangedHash">Hash over these, in order.</param>
/// <param name="Lines">Everything else, by policy, enterprise and occasion.</param>
public sealed record Difference(
    RerunScope Scope,
    int Round,
    ContentHash Catalogue,
    int Undecided,
    int Unchanged,
    ContentHash UnchangedHash,
    IReadOnlyList<DifferenceLine> Lines
)
{
    /// <summary>Hash over all of the above; a function of what is stored, not of who asks or when.</summary>
    public ContentHash Hash => CanonicalJson.Hash(this);

    /// <summary>How many awards are of a kind.</summary>
    public int Count(DifferenceKind kind) => kind == DifferenceKind.Unchanged ? Unchanged : Lines.Count(l => l.Kind == kind);
}
