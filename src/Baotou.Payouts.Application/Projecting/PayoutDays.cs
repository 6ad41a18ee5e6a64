using System.Globalization;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>
/// What days do to a payout: public notice begins on the business day that first shows it and ends after the entry's working days, a click
/// is waited for no longer than the entry says, and the day to pay by is fixed. Its notes begin with a code and a colon.
/// </summary>
public sealed class PayoutDays(Catalogue catalogue, IClaimStore claims, BusinessDay day)
{
    /// <summary>The hold while an objection is open or upheld.</summary>
    public const string Objected = "objection: somebody objects; the responsible bureau decides";

    /// <summary>The hold of a payout that nobody confirmed in time.</summary>
    public const string NoClick =
        "no-click: nobody confirmed in time; two persons release the money, or one refuses and the enterprise is asked again";

    private const string NoCalendar = "no-calendar: ";

    /// <summary>
    /// The payout one step later, if days or an objection bring it there; null if they do not. Reserved means that nothing else holds it.
    /// </summary>
    /// <param name="payout">The payout.</param>
    /// <param name="isObjected">Whether an objection against it is open or upheld.</param>
    /// <param name="cancellationToken">Stops reading the claim.</param>
    public async Task<Payout?> NextAsync(Payout payout, bool isObjected, CancellationToken cancellationToken)
    {
        if (isObjected)
            return payout.State is PayoutState.Reserved or PayoutState.Notice or PayoutState.Ready or PayoutState.Confirmed
                ? payout.Move(PayoutState.Held, note: Objected)
                : null;
        if (TermsOf(payout) is not { } terms)
            return null;
        return payout.State switch
        {
            PayoutState.Reserved when terms.NoticeDays == 0 => await ReadyAsync(payout, terms, cancellationToken),
            PayoutState.Reserved => Notice(payout, terms),
            PayoutState.Notice when payout.Window!.Last < day.Today => await ReadyAsync(payout, terms, cancellationToken),
            PayoutState.Ready when terms.Click is null => payout.Move(PayoutState.Confirmed, note: "no click is asked for"),
            PayoutState.Ready when payout.Window?.Last < day.Today => payout.Move(PayoutState.Held, note: NoClick),
            PayoutState.Held when payout.Note == Objected => GoOn(payout, "the objections are dismissed"),
            PayoutState.Held when payout.Note.StartsWith(NoCalendar, StringComparison.Ordinal) && NoticeEnds(terms) is DayReckoned.On =>
                GoOn(payout, "the calendar is known now"),
            _ => null,
        };
    }

    /// <summary>A held payout back where it was held: on notice if it was, else reserved.</summary>
    public static Payout GoOn(Payout held, string note) =>
        held.Move(held.Window is null ? PayoutState.Reserved : PayoutState.Notice, note: note);

    /// <summary>A payout that was held for want of a click, asked again from the business day on.</summary>
    public Payout AskAgain(Payout held) =>
        held.Move(PayoutState.Ready, note: "asked again") with
        {
            Window = ClickDays(TermsOf(held)),
            PayBy = held.PayBy,
        };

    /// <summary>Whether an entry that the payout serves has it shown before it is paid, so that there may be objections.</summary>
    public bool MayBeObjected(Payout payout) =>
        payout.State == PayoutState.Notice || payout.Note == Objected || TermsOf(payout) is { NoticeDays: > 0 };

    /// <summary>Whether it is on public notice on the business day, held or not.</summary>
    public bool IsShown(Payout payout) =>
        payout.State is PayoutState.Notice or PayoutState.Held && payout.Window?.Contains(day.Today) == true;

    /// <summary>By how many days a payout that could be paid is late on the business day; 0 if it is not.</summary>
    public int DaysLate(Payout payout) =>
        payout is { State: PayoutState.Ready or PayoutState.Confirmed, PayBy: { } last } && last < day.Today
            ? day.Today.DayNumber - last.DayNumber
            : 0;

    /// <summary>The newest computable version of the entry that a payout serves; null if the list has none any more.</summary>
    public Terms? TermsOf(Payout payout) => catalogue.VersionsOf(payout.Claim.Policy).LastOrDefault(v => v.Terms is not null)?.Terms;

    private Payout Notice(Payout payout, Terms terms) =>
        NoticeEnds(terms) switch
        {
            DayReckoned.On last => payout.Move(PayoutState.Notice) with { Window = new DayWindow(day.Today, last.Day) },
            DayReckoned.NoCalendar missing => payout.Move(
                PayoutState.Held,
                note: NoCalendar
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"the working days of {missing.Year} are not known: add that year's notice to calendar.yaml"
                    )
            ),
            _ => throw new InvalidOperationException("A day is found or its calendar is missing."),
        };

    private DayReckoned NoticeEnds(Terms terms) =>
        terms.NoticeDays == 0 ? new DayReckoned.On(day.Today) : catalogue.Calendar.After(day.Today, terms.NoticeDays);

    private async Task<Payout> ReadyAsync(Payout payout, Terms terms, CancellationToken cancellationToken) =>
        payout.Move(PayoutState.Ready) with
        {
            Window = ClickDays(terms),
            PayBy = await PayByAsync(payout, terms, cancellationToken),
        };

    private DayWindow? ClickDays(Terms? terms) =>
        terms?.Click is { } click ? new DayWindow(day.Today, day.Today.AddDays(click.WithinDays - 1)) : null;

    /// <summary>Counted from the day of the claim's moment, which does not count.</summary>
    private async Task<DateOnly?> PayByAsync(Payout payout, Terms terms, CancellationToken cancellationToken)
    {
        if (terms.PaymentDays is not { } days)
            return null;
        var made = await claims.EntitlementsAsync(PayoutId.BucketOf(payout.Id)!.Value, payout.Claim.Uscc, cancellationToken);
        if (!made.TryGetValue(payout.Claim, out var claim))
            return null;
        var moment = ChinaTime.DayOf(claim.Moment);
        return !terms.PaymentInWorkingDays ? moment.AddDays(days)
            : catalogue.Calendar.After(moment, days) is DayReckoned.On last ? last.Day
            : null;
    }
}
