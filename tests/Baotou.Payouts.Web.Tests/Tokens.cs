using System.Security.Cryptography;
using System.Text.Json;
using Baotou.Payouts.Web.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Baotou.Payouts.Web.Tests;

/// <summary>An issuer of the tests. Its key is made anew in every run.</summary>
internal sealed class Tokens
{
    public const string Audience = "payouts";

    private ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _keyId = "first";

    private Tokens(string id, IssuerKind kind) =>
        Described = new TokenIssuer
        {
            Id = id,
            Issuer = $"https://{id}.example/",
            Audience = Audience,
            Kind = kind,
            ReadKeys = _ =>
            {
                Reads++;
                return Task.FromResult(PublicKeys());
            },
        };

    public static Tokens Staff { get; } = new("staff", IssuerKind.Staff);

    public static Tokens Enterprises { get; } = new("enterprises", IssuerKind.Enterprises);

    public TokenIssuer Described { get; }

    /// <summary>How often its keys were asked for.</summary>
    public int Reads { get; private set; }

    /// <summary>A new issuer with a key of its own.</summary>
    public static Tokens Another(string id, IssuerKind kind) => new(id, kind);

    /// <summary>A good token of a role.</summary>
    public static string For(Role role, DateTimeOffset now, params string[] about)
    {
        var claims = new Dictionary<string, object> { ["sub"] = RoleWords.Of(role) + "-1", ["role"] = RoleWords.Of(role) };
        if (role == Role.Enterprise)
            claims["uscc"] = about;
        if (role == Role.Bureau)
            claims["bureau"] = about[0];
        return (role == Role.Enterprise ? Enterprises : Staff).Sign(now, claims);
    }

    /// <summary>Replaces the key, as an issuer does from time to time.</summary>
    public void Rotate(string keyId)
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _keyId = keyId;
    }

    /// <summary>Signs claims.</summary>
    public string Sign(
        DateTimeOffset now,
        IDictionary<string, object> claims,
        string? issuer = null,
        string? audience = null,
        TimeSpan? from = null,
        TimeSpan? through = null,
        SigningCredentials? by = null
    ) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer ?? Described.Issuer,
                Audience = audience ?? Audience,
                Claims = claims,
                NotBefore = (now + (from ?? TimeSpan.Zero)).UtcDateTime,
                Expires = through == TimeSpan.MaxValue ? null : (now + (through ?? TimeSpan.FromHours(1))).UtcDateTime,
                SigningCredentials =
                    by ?? new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = _keyId }, SecurityAlgorithms.EcdsaSha256),
            }
        );

    private string PublicKeys()
    {
        var point = _key.ExportParameters(false).Q;
        return JsonSerializer.Serialize(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "EC",
                        crv = "P-256",
                        use = "sig",
                        alg = "ES256",
                        kid = _keyId,
                        x = Base64UrlEncoder.Encode(point.X),
                        y = Base64UrlEncoder.Encode(point.Y),
                    },
                },
            }
        );
    }
}
