using Baotou.Payouts.Application;

namespace Baotou.Payouts.Web.Access;

/// <summary>Whose tokens an issuer gives out.</summary>
public enum IssuerKind
{
    /// <summary>Officers, bureaus, approvers and auditors. Never an enterprise.</summary>
    Staff,

    /// <summary>Enterprises. Never anybody else, whatever the token claims.</summary>
    Enterprises,
}

/// <summary>An issuer whose tokens are believed.</summary>
public sealed record TokenIssuer
{
    /// <summary>Short name that goes before each subject, so that equal subjects of two issuers stay two.</summary>
    public required string Id { get; init; }

    /// <summary>The <c>iss</c> of its tokens, compared character by character.</summary>
    public required string Issuer { get; init; }

    /// <summary>The <c>aud</c> its tokens must name: this service.</summary>
    public required string Audience { get; init; }

    /// <summary>Whose tokens it gives out.</summary>
    public required IssuerKind Kind { get; init; }

    /// <summary>
    /// Reads its public keys, a JSON Web Key Set. Asked again when a token names an unknown key, so that keys can be replaced without a
    /// restart.
    /// </summary>
    public required Func<CancellationToken, Task<string>> ReadKeys { get; init; }

    /// <summary>What of it cannot work.</summary>
    public IEnumerable<OptionProblem> Problems() =>
        [
            .. OptionProblem.Unless(
                Id.Length is >= 1 and <= 40 && Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'),
                nameof(Id),
                "1 to 40 of a-z, 0-9 and hyphens"
            ),
            .. OptionProblem.Unless(Issuer.Length > 0, nameof(Issuer), "the iss of its tokens"),
            .. OptionProblem.Unless(Audience.Length > 0, nameof(Audience), "the aud of its tokens"),
        ];
}
