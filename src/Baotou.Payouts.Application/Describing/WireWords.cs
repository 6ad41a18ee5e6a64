using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Describing;

/// <summary>
/// The words that stand for the closed lists in every answer to a machine. They are part of the contract: a name in code may change, these
/// may not.
/// </summary>
public static class WireWords
{
    /// <summary>"entitled", "not-entitled", "superseded", "facts-missing", "expired" or "not-automatic".</summary>
    public static string Of(Outcome outcome) =>
        outcome switch
        {
            Outcome.Entitled => "entitled",
            Outcome.NotEntitled => "not-entitled",
            Outcome.Superseded => "superseded",
            Outcome.FactsMissing => "facts-missing",
            Outcome.Expired => "expired",
            Outcome.NotAutomatic => "not-automatic",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    /// <summary>"automatic", "automatic-person", "county-transfer", "discretionary", "service" or "duplicate-of".</summary>
    public static string Of(PolicyClass kind) =>
        kind switch
        {
            PolicyClass.Automatic => "automatic",
            PolicyClass.AutomaticPerson => "automatic-person",
            PolicyClass.CountyTransfer => "county-transfer",
            PolicyClass.Discretionary => "discretionary",
            PolicyClass.Service => "service",
            PolicyClass.DuplicateOf => "duplicate-of",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>"enterprise", "person", "county" or "unclear".</summary>
    public static string Of(Payee payee) =>
        payee switch
        {
            Payee.Enterprise => "enterprise",
            Payee.Person => "person",
            Payee.County => "county",
            Payee.Unclear => "unclear",
            _ => throw new ArgumentOutOfRangeException(nameof(payee)),
        };

    /// <summary>"record", "year" or "once".</summary>
    public static string Of(OccasionKind occasion) =>
        occasion switch
        {
            OccasionKind.Record => "record",
            OccasionKind.Year => "year",
            OccasionKind.Once => "once",
            _ => throw new ArgumentOutOfRangeException(nameof(occasion)),
        };

    /// <summary>"of-moment" or "of-occasion".</summary>
    public static string Of(ChargedYear year) =>
        year switch
        {
            ChargedYear.OfMoment => "of-moment",
            ChargedYear.OfOccasion => "of-occasion",
            _ => throw new ArgumentOutOfRangeException(nameof(year)),
        };

    /// <summary>"public", "after-redaction" or "none".</summary>
    public static string Of(Publicity publicity) =>
        publicity switch
        {
            Publicity.Public => "public",
            Publicity.AfterRedaction => "after-redaction",
            Publicity.None => "none",
            _ => throw new ArgumentOutOfRangeException(nameof(publicity)),
        };

    /// <summary>"fen-down", "fen-half-up", "yuan-down" or "yuan-half-up".</summary>
    public static string Of(Rounding rounding) =>
        rounding switch
        {
            Rounding.FenDown => "fen-down",
            Rounding.FenHalfUp => "fen-half-up",
            Rounding.YuanDown => "yuan-down",
            Rounding.YuanHalfUp => "yuan-half-up",
            _ => throw new ArgumentOutOfRangeException(nameof(rounding)),
        };

    /// <summary>"occasion", "year" or "lifetime".</summary>
    public static string Of(CapSpan span) =>
        span switch
        {
            CapSpan.Occasion => "occasion",
            CapSpan.Year => "year",
            CapSpan.Lifetime => "lifetime",
            _ => throw new ArgumentOutOfRangeException(nameof(span)),
        };

    /// <summary>"field", "year" or "lifetime".</summary>
    public static string Of(GroupSpan span) =>
        span switch
        {
            GroupSpan.Field => "field",
            GroupSpan.Year => "year",
            GroupSpan.Lifetime => "lifetime",
            _ => throw new ArgumentOutOfRangeException(nameof(span)),
        };

    /// <summary>"money", "count", "quantity", "rate", "flag", "date", "code" or "text".</summary>
    public static string Of(FieldType type) =>
        type switch
        {
            FieldType.Money => "money",
            FieldType.Count => "count",
            FieldType.Quantity => "quantity",
            FieldType.Rate => "rate",
            FieldType.Flag => "flag",
            FieldType.Date => "date",
            FieldType.Code => "code",
            FieldType.Text => "text",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

    /// <summary>"state", "record", "year" or "month".</summary>
    public static string Of(PeriodKind period) =>
        period switch
        {
            PeriodKind.State => "state",
            PeriodKind.Record => "record",
            PeriodKind.Year => "year",
            PeriodKind.Month => "month",
            _ => throw new ArgumentOutOfRangeException(nameof(period)),
        };

    /// <summary>"yes", "partly" or "no".</summary>
    public static string Of(Held held) =>
        held switch
        {
            Held.Yes => "yes",
            Held.Partly => "partly",
            Held.No => "no",
            _ => throw new ArgumentOutOfRangeException(nameof(held)),
        };

    /// <summary>The state of a payout, as "reserved", "ready" or "clawback-due".</summary>
    public static string Of(PayoutState state) =>
        state switch
        {
            PayoutState.Reserved => "reserved",
            PayoutState.Notice => "notice",
            PayoutState.Ready => "ready",
            PayoutState.Confirmed => "confirmed",
            PayoutState.Held => "held",
            PayoutState.Declined => "declined",
            PayoutState.Releasing => "releasing",
            PayoutState.Released => "released",
            PayoutState.Instructed => "instructed",
            PayoutState.Unknown => "unknown",
            PayoutState.Settling => "settling",
            PayoutState.Paid => "paid",
            PayoutState.Returning => "returning",
            PayoutState.Returned => "returned",
            PayoutState.ClawbackDue => "clawback-due",
            PayoutState.ClawingBack => "clawing-back",
            PayoutState.ClawedBack => "clawed-back",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    /// <summary>The kind of a chain entry, as "appropriated" or "round-joined".</summary>
    public static string Of(EntryKind kind) =>
        kind switch
        {
            EntryKind.Opened => "opened",
            EntryKind.Appropriated => "appropriated",
            EntryKind.Cut => "cut",
            EntryKind.Refused => "refused",
            EntryKind.RoundJoined => "round-joined",
            EntryKind.Limited => "limited",
            EntryKind.Reserved => "reserved",
            EntryKind.Released => "released",
            EntryKind.Settled => "settled",
            EntryKind.Returned => "returned",
            EntryKind.ClawedBack => "clawed-back",
            EntryKind.CarriedIn => "carried-in",
            EntryKind.CarriedOut => "carried-out",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
