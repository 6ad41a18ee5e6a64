using Baotou.Payouts.Domain.Enterprises;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Baotou.Payouts.Web.Access;

/// <summary>What a token turned out to be.</summary>
public abstract record TokenReading
{
    private TokenReading() { }

    /// <summary>It proves who sent it.</summary>
    public sealed record Accepted(Caller Caller) : TokenReading;

    /// <summary>It proves nothing.</summary>
    /// <param name="Why">For its owner: what to do differently. Tells nothing a stranger could use.</param>
    public sealed record Refused(string Why) : TokenReading;
}

/// <summary>
/// Believes a token only if a known issuer signed it by an asymmetric algorithm of a short list, for this service, and it is valid now.
/// Claims: <c>sub</c>; <c>role</c> (one or several) for staff; <c>bureau</c> for the role of that name; <c>uscc</c> (one or several) for
/// enterprises.
/// </summary>
public sealed class TokenCheck
{
    /// <summary>Characters of the longest token that is looked at.</summary>
    public const int MostCharacters = 8_192;

    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MostCharacters };
    private readonly Dictionary<string, (TokenIssuer Issuer, IssuerKeys Keys)> _issuers;
    private readonly TimeProvider _clock;

    /// <summary>Takes the issuers to believe; throws <see cref="ArgumentException"/> if two have the same id or the same name.</summary>
    public TokenCheck(WebOptions options, TimeProvider clock)
    {
        _clock = clock;
        if (options.Issuers.DistinctBy(i => i.Id).Count() != options.Issuers.Count)
            throw new ArgumentException("Two issuers have the same id.", nameof(options));
        _issuers = options.Issuers.ToDictionary(i => i.Issuer, i => (i, new IssuerKeys(i, clock)), StringComparer.Ordinal);
    }

    /// <summary>Reads a token, without the word "Bearer" before it.</summary>
    public async Task<TokenReading> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > MostCharacters)
            return new TokenReading.Refused("the token is too long");
        if (Unverified(token) is not { } named || !_issuers.TryGetValue(named.Issuer, out var found))
            return new TokenReading.Refused("the token is of no issuer known here");
        var (issuer, keys) = found;
        var result = await ValidateAsync(token, issuer, await keys.GetAsync(cancellationToken));
        if (result is { IsValid: false, Exception: SecurityTokenSignatureKeyNotFoundException })
            result = await ValidateAsync(token, issuer, await keys.RenewAsync(cancellationToken));
        return result is { IsValid: true, SecurityToken: JsonWebToken verified }
            ? ToCaller(issuer, verified)
            : new TokenReading.Refused(WhyNot(result.Exception));
    }

    private static JsonWebToken? Unverified(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    private Task<TokenValidationResult> ValidateAsync(string token, TokenIssuer issuer, IEnumerable<SecurityKey> keys) =>
        _handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = issuer.Issuer,
                ValidAudience = issuer.Audience,
                IssuerSigningKeys = keys,
                ValidAlgorithms = Algorithms,
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                RequireAudience = true,
                LifetimeValidator = IsNow,
            }
        );

    private bool IsNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Skew && !(now < notBefore - Skew);
    }

    private static string WhyNot(Exception exception) =>
        exception switch
        {
            SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNoExpirationException =>
                "the token is not valid now; get a new one",
            SecurityTokenInvalidAudienceException => "the token is for another service",
            _ => "the token's signature does not hold",
        };

    private static TokenReading ToCaller(TokenIssuer issuer, JsonWebToken token)
    {
        if (string.IsNullOrWhiteSpace(token.Subject))
            return new TokenReading.Refused("the token names no subject");
        var subject = $"{issuer.Id}:{token.Subject}";
        var roles = token.Claims.Where(c => c.Type == "role").Select(c => RoleWords.Read(c.Value)).OfType<Role>().ToHashSet();
        return issuer.Kind == IssuerKind.Enterprises ? ToEnterprise(subject, roles, token) : ToStaff(subject, roles, token);
    }

    private static TokenReading ToEnterprise(string subject, HashSet<Role> roles, JsonWebToken token)
    {
        if (roles.Any(r => r != Role.Enterprise))
            return new TokenReading.Refused("the issuer may not give that role");
        var codes = new HashSet<Uscc>();
        foreach (var claim in token.Claims.Where(c => c.Type == "uscc"))
        {
            if (!Uscc.TryParse(claim.Value, out var code, out var problem))
                return new TokenReading.Refused(problem);
            codes.Add(code);
        }

        return codes.Count > 0
            ? new TokenReading.Accepted(new Caller(subject, new HashSet<Role> { Role.Enterprise }, codes, ""))
            : new TokenReading.Refused("the token names no enterprise");
    }

    private static TokenReading ToStaff(string subject, HashSet<Role> roles, JsonWebToken token)
    {
        if (roles.Contains(Role.Enterprise))
            return new TokenReading.Refused("the issuer may not give that role");
        if (roles.Count == 0)
            return new TokenReading.Refused("the token names no role");
        var bureaus = token.Claims.Where(c => c.Type == "bureau").Select(c => c.Value).ToList();
        if (roles.Contains(Role.Bureau) && bureaus is not [{ Length: > 0 }])
            return new TokenReading.Refused("the token does not name one bureau");
        return new TokenReading.Accepted(new Caller(subject, roles, new HashSet<Uscc>(), roles.Contains(Role.Bureau) ? bureaus[0] : ""));
    }
}
