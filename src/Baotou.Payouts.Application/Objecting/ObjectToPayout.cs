using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Objecting;

/// <summary>What became of an objection, in order of precedence.</summary>
public abstract record Objected
{
    private Objected() { }

    /// <summary>There is no such payout.</summary>
    public sealed record NotFound : Objected;

    /// <summary>The same request was answered before: the objection as it stands now.</summary>
    public sealed record Repeated(ObjectionCase Case) : Objected;

    /// <summary>The key was used for another objection against this payout.</summary>
    public sealed record KeyReused : Objected;

    /// <summary>Nobody may object now, or not the same subject again, and why.</summary>
    public sealed record NotNow(string Why) : Objected;

    /// <summary>It stands, and the payout is held.</summary>
    public sealed record Done(ObjectionCase Case) : Objected;
}

/// <summary>
/// Takes an objection against a payout on public notice, which holds it from that moment on: objection and hold are one transaction, and
/// whoever ends the notice at the same time has to name the same version of the payout, so one of the two comes first and the other sees
/// it.
/// </summary>
public sealed class ObjectToPayout(IPayoutStore payouts, IObjectionStore objections, PayoutDays days, BusinessDay day)
{
    /// <summary>Most characters of an objection.</summary>
    public const int MostCharacters = 2_000;

    private const int MostObjections = 1_000;

    /// <summary>Takes it. Whoever asks must be known to be allowed to see the payout.</summary>
    /// <param name="payoutId">The payout.</param>
    /// <param name="text">What is said, 1 to <see cref="MostCharacters"/> characters.</param>
    /// <param name="request">Who, under which key, with which body.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<Objected> HandleAsync(string payoutId, string text, RequestMark request, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await payouts.ReadAsync(payoutId, cancellationToken) is not { } stored)
                return new Objected.NotFound();
            var before = await objections.OfPayoutAsync(payoutId, cancellationToken);
            if (
                before.FirstOrDefault(c => c.Objection.Request.Subject == request.Subject && c.Objection.Request.Key == request.Key) is
                { } same
            )
                return same.Objection.Request == request ? new Objected.Repeated(same) : new Objected.KeyReused();
            if (!days.IsShown(stored.Payout))
                return new Objected.NotNow("it is not on public notice");
            if (before.Any(c => c.Objection.Request.Subject == request.Subject && c.Finding is null))
                return new Objected.NotNow("an objection of yours is open already");
            if (before.Count == MostObjections)
                return new Objected.NotNow("it has as many objections as can be kept, and is held");
            var held =
                stored.Payout.State == PayoutState.Held ? stored.Payout : stored.Payout.Move(PayoutState.Held, note: PayoutDays.Objected);
            var objection = new Objection(payoutId, before.Count + 1, request, text, day.Today, held.Version);
            if (await objections.AddAsync(stored, held, objection, cancellationToken))
                return new Objected.Done(new ObjectionCase(objection, []));
        }
    }
}
