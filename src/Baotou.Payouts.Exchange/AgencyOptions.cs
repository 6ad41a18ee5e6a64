using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Pulling;

namespace Baotou.Payouts.Exchange;

/// <summary>
/// How to reach one dataset of one agency. The convention follows from <see cref="Kind"/>: cursor datasets sign by convention A, snapshots
/// by convention B.
/// </summary>
public sealed record AgencyOptions
{
    /// <summary>Id of the dataset ("tax"); becomes the source of its facts.</summary>
    public required string Source { get; init; }

    /// <summary>Where the dataset is served. HTTPS, or HTTP on this machine only; ends with a slash.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Cursor (convention A) or snapshot (convention B).</summary>
    public required WalkKind Kind { get; init; }

    /// <summary>Who asks: <c>gjzwfwpt_rid</c> in convention A, <c>X-Client-Id</c> in convention B.</summary>
    public required string ClientId { get; init; }

    /// <summary>Which service is asked: <c>gjzwfwpt_sid</c> in convention A; not used in convention B.</summary>
    public string ServiceId { get; init; } = "";

    /// <summary>
    /// The secret shared with the agency; its UTF-8 bytes are the key of the signature. Never logged, never part of a message.
    /// </summary>
    public required string Secret { get; init; }

    /// <summary>The largest page this agency serves, 1 to 1,000. A caller who wants more gets this many.</summary>
    public int MaxPageSize { get; init; } = 1_000;

    /// <summary>What of it cannot work.</summary>
    public IEnumerable<OptionProblem> Problems() =>
        [
            .. OptionProblem.Unless(!string.IsNullOrWhiteSpace(Source), nameof(Source), "the id of a dataset"),
            .. OptionProblem.Unless(
                BaseAddress.IsAbsoluteUri && BaseAddress.AbsolutePath.EndsWith('/'),
                nameof(BaseAddress),
                "an absolute address that ends with a slash"
            ),
            .. OptionProblem.Unless(
                BaseAddress.IsAbsoluteUri && IsSafe(BaseAddress),
                nameof(BaseAddress),
                "an HTTPS address; HTTP is accepted on this machine only"
            ),
            .. OptionProblem.Unless(ClientId.Length > 0, nameof(ClientId), "who asks, as the agency knows us"),
            .. OptionProblem.Unless(Secret.Length > 0, nameof(Secret), "the secret that the agency shares with us"),
            .. OptionProblem.Unless(
                Kind != WalkKind.Cursor || ServiceId.Length > 0,
                nameof(ServiceId),
                "which service is asked, since a cursor signs with it"
            ),
            .. OptionProblem.Unless(MaxPageSize is >= 1 and <= 1_000, nameof(MaxPageSize), "1 to 1,000"),
        ];

    /// <summary>Throws <see cref="ArgumentException"/>, naming the option, if one cannot work.</summary>
    public void Validate()
    {
        if (Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException($"Of the agency '{Source}', {problem}.");
    }

    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Everything but the secret.</summary>
    public override string ToString() => $"{Source} ({Kind}) at {BaseAddress}";
}

/// <summary>Everything the exchange is told at start.</summary>
public sealed record ExchangeOptions
{
    /// <summary>The datasets that are walked for facts; each source once.</summary>
    public required IReadOnlyList<AgencyOptions> Agencies { get; init; }

    /// <summary>The treasury's payee accounts, walked by cursor; null if there are none.</summary>
    public AgencyOptions? Treasury { get; init; }

    /// <summary>How trouble is met.</summary>
    public ExchangeResilience Resilience { get; init; } = new();
}
