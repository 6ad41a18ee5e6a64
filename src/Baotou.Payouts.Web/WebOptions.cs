using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web;

/// <summary>What a host chooses for its HTTP side.</summary>
public sealed record WebOptions
{
    /// <summary>Whose tokens are believed; without any, only what is public is answered.</summary>
    public required IReadOnlyList<TokenIssuer> Issuers { get; init; }

    /// <summary>Bytes of the largest request body.</summary>
    public int MostBodyBytes { get; init; } = 64 * 1024;

    /// <summary>How long a request may take before it is given up.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests of one caller in a minute, each instance counting for itself.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Requests without a token that is believed, of one address in a minute.</summary>
    public int AnonymousPerMinute { get; init; } = 120;
}
