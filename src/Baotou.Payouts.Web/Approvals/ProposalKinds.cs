using System.Text.Json;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;
using static Baotou.Payouts.Web.Approvals.Parts;

namespace Baotou.Payouts.Web.Approvals;

/// <summary>
/// The table of what can be asked for: a new kind is a line here, and the contract, the reading and the answer follow from it.
/// </summary>
internal static class ProposalKinds
{
    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<ProposalKind> All =
    [
        Kind(
            "open-pool",
            [Pool, FiscalYear, Seed],
            sent => new Proposal.OpenPool(YearOf(sent), sent.Of(Seed)),
            p => [.. Told(p.Pool), Seed.With(p.Seed)]
        ),
        Kind(
            "appropriate",
            [Pool, FiscalYear, Amount, Document],
            sent => new Proposal.Appropriate(YearOf(sent), sent.Of(Amount), sent.Of(Document)),
            p => [.. Told(p.Pool), Amount.With(p.Amount), Document.With(p.Document)]
        ),
        Kind(
            "cut",
            [Pool, FiscalYear, Amount, Document],
            sent => new Proposal.Cut(YearOf(sent), sent.Of(Amount), sent.Of(Document)),
            p => [.. Told(p.Pool), Amount.With(p.Amount), Document.With(p.Document)]
        ),
        Kind(
            "close-pool",
            [Pool, FiscalYear, Document],
            sent => new Proposal.ClosePool(YearOf(sent), sent.Of(Document)),
            p => [.. Told(p.Pool), Document.With(p.Document)]
        ),
        Kind(
            "declare-past",
            [Policy, Payments, Sum],
            sent => new Proposal.DeclarePast(sent.Of(Policy), sent.Of(Payments), sent.Of(Sum)),
            p => [Policy.With(p.Policy), Payments.With(p.Payments), Sum.With(p.Amount)]
        ),
        Kind("make-automatic", [Policy], sent => new Proposal.MakeAutomatic(sent.Of(Policy)), p => [Policy.With(p.Policy)]),
        Kind("put-in-shadow", [Policy], sent => new Proposal.PutInShadow(sent.Of(Policy)), p => [Policy.With(p.Policy)]),
        Kind(
            "still-in-force",
            [Policy, Through],
            sent => new Proposal.StillInForce(sent.Of(Policy), sent.Of(Through)),
            p => [Policy.With(p.Policy), Through.With(p.Through)]
        ),
        Kind(
            "withdraw",
            [Policy, Occasion, Code, ClaimNumber, Granted, Document],
            sent => new Proposal.Withdraw(
                new ClaimKey(sent.Of(Policy), sent.Of(Occasion), sent.Of(Code), sent.Of(ClaimNumber)),
                sent.Of(Granted),
                sent.Of(Document)
            ),
            p => [.. Told(p.Claim), Granted.With(p.Granted), Document.With(p.Document)]
        ),
        Kind("release", [Payout], sent => new Proposal.ReleaseMoney(sent.Of(Payout)), p => [Payout.With(p.Payout)]),
        Kind(
            "resume",
            [Payout, PayoutVersion],
            sent => new Proposal.Resume(sent.Of(Payout), sent.Of(PayoutVersion)),
            p => [Payout.With(p.Payout), PayoutVersion.With(p.Version)]
        ),
        Kind(
            "rerun",
            [Run, Difference],
            sent => new Proposal.Rerun(sent.Of(Run), sent.Of(Difference)),
            p => [Run.With(p.Run), Difference.With(p.Difference)]
        ),
        Kind(
            "clawback",
            [Payout, Amount, Document],
            sent => new Proposal.ClawBack(sent.Of(Payout), sent.Of(Amount), sent.Of(Document)),
            p => [Payout.With(p.Payout), Amount.With(p.Amount), Document.With(p.Document)]
        ),
        Kind(
            "recovered",
            [Payout, Document],
            sent => new Proposal.Recovered(sent.Of(Payout), sent.Of(Document)),
            p => [Payout.With(p.Payout), Document.With(p.Document)]
        ),
        Kind(
            "merge",
            [From, Into],
            sent => new Proposal.MergeCodes(sent.Of(From), sent.Of(Into)),
            p => [From.With(p.From), Into.With(p.Into)]
        ),
        Kind(
            "close-source",
            [Source, Through],
            sent => new Proposal.CloseSource(sent.Of(Source), sent.Of(Through)),
            p => [Source.With(p.Source), Through.With(p.Through)]
        ),
        Kind(
            "settle-withdrawals",
            [Source, Snapshot, Outcome],
            sent => new Proposal.SettleHeld(sent.Of(Source), sent.Of(Snapshot), sent.Of(Outcome)),
            p => [Source.With(p.Source), Snapshot.With(p.Snapshot), Outcome.With(p.Outcome)]
        ),
        Kind(
            "start",
            [Switch, Stop, Results],
            sent => new Proposal.StartAgain(sent.Of(Switch), sent.Of(Stop), sent.IfAny(Results)),
            p =>
                [
                    Switch.With(p.Switch),
                    Stop.With(p.Stop),
                    .. p.Results is { } results ? [Results.With(results)] : Array.Empty<Action<Utf8JsonWriter>>(),
                ]
        ),
        Kind(
            "correct-record",
            [Source, Record, Corrected],
            sent => new Proposal.CorrectRecord(sent.Of(Source), sent.Of(Record), sent.Of(Corrected)),
            p => [Source.With(p.Source), Record.With(p.Record), Corrected.With(p.Correction)]
        ),
    ];

    private static ProposalKind Kind<T>(
        string word,
        IReadOnlyList<IPart> parts,
        Func<SentParts, T> make,
        Func<T, IEnumerable<Action<Utf8JsonWriter>>> tell
    )
        where T : Proposal => new(word, typeof(T), parts, make, proposal => tell((T)proposal));

    private static PoolYear YearOf(SentParts sent) => new(sent.Of(Pool), sent.Of(FiscalYear));

    private static IEnumerable<Action<Utf8JsonWriter>> Told(PoolYear pool) => [Pool.With(pool.Pool), FiscalYear.With(pool.FiscalYear)];

    private static IEnumerable<Action<Utf8JsonWriter>> Told(ClaimKey claim) =>
        [Policy.With(claim.Policy), Occasion.With(claim.Occasion), Code.With(claim.Uscc), ClaimNumber.With(claim.Number)];
}
