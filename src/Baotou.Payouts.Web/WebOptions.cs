using Baotou.Payouts.Application;
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

    /// <summary>How long an export may take; below the 230 seconds after which the platform's front gives up.</summary>
    public TimeSpan ExportTimeLimit { get; init; } = TimeSpan.FromSeconds(200);

    /// <summary>Requests of one caller in a minute, each instance counting for itself.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Requests without a token that is believed, of one address in a minute.</summary>
    public int AnonymousPerMinute { get; init; } = 120;

    /// <summary>What of it cannot work.</summary>
    public IEnumerable<OptionProblem> Problems() =>
        [
            .. Issuers.SelectMany(
                (issuer, place) => issuer.Problems().Select(p => p with { Name = $"{nameof(Issuers)}:{place}:{p.Name}" })
            ),
            .. Twice(i => i.Id, nameof(TokenIssuer.Id)),
            .. Twice(i => i.Issuer, nameof(TokenIssuer.Issuer)),
            .. OptionProblem.Unless(MostBodyBytes > 0, nameof(MostBodyBytes), "more than zero"),
            .. OptionProblem.Unless(TimeLimit > TimeSpan.Zero, nameof(TimeLimit), "longer than zero"),
            .. OptionProblem.Unless(ExportTimeLimit >= TimeLimit, nameof(ExportTimeLimit), "as long as TimeLimit or longer"),
            .. OptionProblem.Unless(RequestsPerMinute > 0, nameof(RequestsPerMinute), "more than zero"),
            .. OptionProblem.Unless(AnonymousPerMinute > 0, nameof(AnonymousPerMinute), "more than zero"),
        ];

    /// <summary>Itself; throws <see cref="ArgumentException"/> naming the first option that cannot work.</summary>
    public WebOptions Validated() => Problems().FirstOrDefault() is { } problem ? throw new ArgumentException($"{problem}.") : this;

    private IEnumerable<OptionProblem> Twice(Func<TokenIssuer, string> part, string name) =>
        Issuers
            .Select((issuer, place) => (Value: part(issuer), Place: place))
            .GroupBy(i => i.Value, StringComparer.Ordinal)
            .SelectMany(g => g.Skip(1))
            .Select(i => new OptionProblem($"{nameof(Issuers)}:{i.Place}:{name}", "another one: it stands there twice"));
}
