using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Settling;

/// <summary>What became of a wish to settle a case, in order of precedence.</summary>
public abstract record CaseSettled<T>
{
    private CaseSettled() { }

    /// <summary>There is no such case.</summary>
    public sealed record NotFound : CaseSettled<T>;

    /// <summary>The key was used for another request on this case.</summary>
    public sealed record KeyReused : CaseSettled<T>;

    /// <summary>It is not as it was looked at.</summary>
    public sealed record Changed(Case<T> Case) : CaseSettled<T>;

    /// <summary>It cannot be done now, and why.</summary>
    public sealed record NotNow(string Why) : CaseSettled<T>;

    /// <summary>It is done; of a repeat, how the case stands by now.</summary>
    public sealed record Done(Case<T> Case) : CaseSettled<T>;
}

/// <summary>A person's wish about one case.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Case">The case.</param>
/// <param name="Shown">The version that was looked at; null if the caller does not insist.</param>
/// <param name="Request">Who, under which key: the same request again does nothing new.</param>
/// <param name="At">When it takes effect, on the business clock.</param>
public sealed record CaseWish(string Place, string Case, int? Shown, RequestMark Request, DateTimeOffset At);

/// <summary>Adds one person's act to a case.</summary>
internal static class OneAct
{
    /// <summary>Adds it, unless something speaks against it.</summary>
    /// <param name="log">The cases.</param>
    /// <param name="wish">Which case, and who asks.</param>
    /// <param name="word">What is to be done.</param>
    /// <param name="why">Why.</param>
    /// <param name="problem">What speaks against it as the case stands; null if nothing does.</param>
    /// <param name="cancellationToken">Stops before the act is kept.</param>
    public static async Task<CaseSettled<T>> AddAsync<T>(
        ICaseLog<T> log,
        CaseWish wish,
        CaseWord word,
        string why,
        Func<Case<T>, string?> problem,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (await log.FindAsync(wish.Place, wish.Case, cancellationToken) is not { } found)
                return new CaseSettled<T>.NotFound();
            if (found.Acts.FirstOrDefault(a => IsOfKey(a, wish.Request)) is { } before)
                return before.Request == wish.Request ? new CaseSettled<T>.Done(found) : new CaseSettled<T>.KeyReused();
            if (wish.Shown is { } shown && shown != found.Version)
                return new CaseSettled<T>.Changed(found);
            if (problem(found) is { } speaksAgainst)
                return new CaseSettled<T>.NotNow(speaksAgainst);
            var act = new CaseAct(wish.Place, wish.Case, found.Version + 1, word, why, wish.Request.Subject, "", wish.At, wish.Request);
            if (await log.ActAsync(act, cancellationToken))
                return new CaseSettled<T>.Done(found with { Acts = [.. found.Acts, act] });
        }
    }

    /// <summary>Whether an act was made under the key of a request, by whoever sent it.</summary>
    public static bool IsOfKey(CaseAct act, RequestMark request) =>
        act.Request is { } made && made.Subject == request.Subject && made.Key == request.Key;
}
