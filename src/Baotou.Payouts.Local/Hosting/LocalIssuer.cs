using System.Security.Cryptography;
using System.Text.Json;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Web.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>
/// The issuer of tokens for trying things out on one machine, one for staff and one for enterprises, each with a key of its own in the
/// user's state folder. Only <c>serve</c>, which listens on the loopback address alone, believes it; the cloud host refuses to be
/// configured with its name.
/// </summary>
internal sealed class LocalIssuer
{
    private const string Audience = "payouts-on-this-machine";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What a cloud platform sets in every process: there is no local issuer there.</summary>
    private static readonly string[] CloudMarks =
    [
        "WEBSITE_INSTANCE_ID",
        "WEBSITE_SITE_NAME",
        "FUNCTIONS_WORKER_RUNTIME",
        "CONTAINER_APP_NAME",
        "KUBERNETES_SERVICE_HOST",
    ];

    private readonly IssuerKind _kind;
    private readonly Func<string, string?> _variable;

    private LocalIssuer(IssuerKind kind, Func<string, string?> variable) => (_kind, _variable) = (kind, variable);

    private string Name => _kind == IssuerKind.Staff ? "staff" : "enterprises";

    /// <summary>Whether this process runs in a cloud; there is no local issuer then.</summary>
    public static bool IsOutOfPlace(Func<string, string?> variable) => CloudMarks.Any(mark => !string.IsNullOrEmpty(variable(mark)));

    /// <summary>Both issuers for a host to believe; none in a cloud. Keys are read when the first token comes.</summary>
    public static IReadOnlyList<TokenIssuer> Both(Func<string, string?> variable) =>
        IsOutOfPlace(variable)
            ? []
            : [new LocalIssuer(IssuerKind.Staff, variable).Described(), new LocalIssuer(IssuerKind.Enterprises, variable).Described()];

    /// <summary>Writes a token.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="role">The role.</param>
    /// <param name="name">The subject.</param>
    /// <param name="codes">For an enterprise: the codes it acts for, one or more.</param>
    /// <param name="bureau">For a bureau: its id.</param>
    /// <param name="from">From when it is valid.</param>
    /// <param name="through">Until when, not included.</param>
    /// <exception cref="InvalidOperationException">The key file can be read by others, or this is no local machine.</exception>
    public static string Write(
        Func<string, string?> variable,
        Role role,
        string name,
        IReadOnlyCollection<Uscc> codes,
        string? bureau,
        DateTimeOffset from,
        DateTimeOffset through
    )
    {
        if (IsOutOfPlace(variable))
            throw new InvalidOperationException("there is no local issuer in a cloud");
        var issuer = new LocalIssuer(role == Role.Enterprise ? IssuerKind.Enterprises : IssuerKind.Staff, variable);
        var claims = new Dictionary<string, object> { ["sub"] = name, ["role"] = RoleWords.Of(role) };
        if (codes.Count > 0)
            claims["uscc"] = codes.Select(c => c.Value).ToArray();
        if (bureau is not null)
            claims["bureau"] = bureau;
        using var key = issuer.Key();
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer.Described().Issuer,
                Audience = Audience,
                Claims = claims,
                IssuedAt = from.UtcDateTime,
                NotBefore = from.UtcDateTime,
                Expires = through.UtcDateTime,
                SigningCredentials = new SigningCredentials(
                    new ECDsaSecurityKey(key)
                    {
                        KeyId = KeyId(key),
                        CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
                    },
                    SecurityAlgorithms.EcdsaSha256
                ),
            }
        );
    }

    private TokenIssuer Described() =>
        new()
        {
            Id = Name,
            Issuer = $"urn:payouts:local:{Name}",
            Audience = Audience,
            Kind = _kind,
            ReadKeys = _ => Task.FromResult(PublicKeys()),
        };

    private string PublicKeys()
    {
        using var key = Key();
        var point = key.ExportParameters(false).Q;
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
                        kid = KeyId(key),
                        x = Base64UrlEncoder.Encode(point.X),
                        y = Base64UrlEncoder.Encode(point.Y),
                    },
                },
            }
        );
    }

    private static string KeyId(ECDsa key) => Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    private ECDsa Key()
    {
        var path = Path.Combine(Folder(), $"{Name}-issuer.pem");
        if (!File.Exists(path))
            Make(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            throw new InvalidOperationException($"{path} can be read by others; delete it, and a new key is made");
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }

    /// <summary>Makes a key under a name of its own first, so that of two at once one wins and both use it.</summary>
    private static void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var own = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new StreamWriter(own, options))
            file.Write(key.ExportPkcs8PrivateKeyPem() + "\n");
        try
        {
            File.Move(own, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(own);
        }
    }

    private string Folder()
    {
        var state =
            _variable("XDG_STATE_HOME") is { Length: > 0 } given && Path.IsPathRooted(given)
                ? given
                : Path.Combine(
                    _variable("HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                    ".local",
                    "state"
                );
        var folder = Path.Combine(state, "baotou-payouts");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        return folder;
    }
}
