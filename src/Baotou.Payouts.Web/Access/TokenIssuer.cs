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

    /// <summary>Reads its public keys, a JSON Web Key Set. Asked again when a token names an unknown key, so that keys can be replaced without a restart.</summary>
    public required Func<CancellationToken, Task<string>> ReadKeys { get; init; }
}
