using System.Globalization;
using Azure.Identity;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Exchange;
using Baotou.Payouts.Web;
using Baotou.Payouts.Web.Access;
using Microsoft.Extensions.Configuration;

namespace Baotou.Payouts.Functions;

/// <summary>
/// Reads what the deployment sets. Names are those of the configuration; in the portal a colon is two underscores (<c>Exchange__Agencies__0__Source</c>).
/// A setting that is missing or makes no sense throws <see cref="InvalidOperationException"/> naming it, so that the host does not start.
/// </summary>
public static class Settings
{
    /// <summary>The platform's own setting of the account it keeps its locks in; our tables and queues lie there too.</summary>
    public const string StorageSection = "AzureWebJobsStorage";

    private static readonly HttpClient KeysClient = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 256 * 1024,
    };

    /// <summary>The storage account: by the app's identity in the cloud, by a connection string where one is set (the emulator).</summary>
    public static StorageAccount Storage(IConfiguration configuration)
    {
        var section = configuration.GetSection(StorageSection);
        if (section.Value is { Length: > 0 } connection)
        {
            return StorageAccount.FromConnectionString(connection, new StorageMeter());
        }

        var identity = ManagedIdentityId.FromUserAssignedClientId(Required(section, "clientId"));
        return StorageAccount.FromIdentity(
            Address(section, "tableServiceUri"), Address(section, "queueServiceUri"), new ManagedIdentityCredential(identity), new StorageMeter());
    }

    /// <summary>The agencies under <c>Exchange:Agencies:0</c>, <c>1</c>, … and the treasury under <c>Exchange:Treasury</c>.</summary>
    public static ExchangeOptions Exchange(IConfiguration configuration)
    {
        var section = configuration.GetSection("Exchange");
        return new ExchangeOptions
        {
            Agencies = section.GetSection("Agencies").GetChildren().Select(Agency).ToList(),
            Treasury = Agency(section.GetSection("Treasury")),
        };
    }

    /// <summary>What is chosen for the store under <c>Engine</c>; the number of buckets must be said, since it is fixed when the store is made.</summary>
    public static EngineOptions Engine(IConfiguration configuration)
    {
        var section = configuration.GetSection("Engine");
        return new EngineOptions
        {
            Buckets = Number(section, "Buckets", Required(section, "Buckets")),
            PageSize = section["PageSize"] is { Length: > 0 } size ? Number(section, "PageSize", size) : new EngineOptions().PageSize,
        };
    }

    /// <summary>The key of account numbers under <c>Accounts:Key</c>, as Base64.</summary>
    public static byte[] AccountKey(IConfiguration configuration)
    {
        var section = configuration.GetSection("Accounts");
        var key = new byte[AccountCipher.KeyBytes];
        return Convert.TryFromBase64String(Required(section, "Key"), key, out var bytes) && bytes == key.Length
            ? key
            : throw Wrong(section, "Key", $"{key.Length} bytes in Base64");
    }

    /// <summary>The token issuers under <c>Web:Issuers:0</c>, <c>1</c>, …; at least one for staff and one for enterprises. Keys come from an HTTPS address, or stand in <c>Keys</c>.</summary>
    public static WebOptions Web(IConfiguration configuration)
    {
        var section = configuration.GetSection("Web");
        var issuers = section.GetSection("Issuers").GetChildren().Select(Issuer).ToList();
        if (issuers.Count == 0) throw new InvalidOperationException($"The setting {section.Path}:Issuers:0:Issuer is missing.");
        return new WebOptions { Issuers = issuers };
    }

    private static TokenIssuer Issuer(IConfigurationSection section) => new()
    {
        Id = Required(section, "Id"),
        Issuer = Required(section, "Issuer") is var name && name.StartsWith("https://", StringComparison.Ordinal) ? name : throw Wrong(section, "Issuer", "the issuer's HTTPS name"),
        Audience = Required(section, "Audience"),
        Kind = Enum.TryParse<IssuerKind>(Required(section, "Kind"), out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw Wrong(section, "Kind", $"one of {string.Join(", ", Enum.GetNames<IssuerKind>())}"),
        ReadKeys = section["Keys"] is { Length: > 0 } keys ? _ => Task.FromResult(keys) : KeysAt(section),
    };

    private static Func<CancellationToken, Task<string>> KeysAt(IConfigurationSection section)
    {
        var address = Address(section, "KeysAddress");
        if (address.Scheme != Uri.UriSchemeHttps) throw Wrong(section, "KeysAddress", "an HTTPS address");
        return cancellationToken => KeysClient.GetStringAsync(address, cancellationToken);
    }

    private static AgencyOptions Agency(IConfigurationSection section) => new()
    {
        Source = Required(section, "Source"),
        BaseAddress = Address(section, "BaseAddress"),
        Kind = Enum.TryParse<WalkKind>(Required(section, "Kind"), out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw Wrong(section, "Kind", $"one of {string.Join(", ", Enum.GetNames<WalkKind>())}"),
        ClientId = Required(section, "ClientId"),
        ServiceId = section["ServiceId"] ?? string.Empty,
        Secret = Required(section, "Secret"),
        MaxPageSize = section["MaxPageSize"] is { Length: > 0 } size ? Number(section, "MaxPageSize", size) : 1_000,
    };

    private static int Number(IConfigurationSection section, string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(section, name, "a whole number");

    private static Uri Address(IConfigurationSection section, string name) =>
        Uri.TryCreate(Required(section, name), UriKind.Absolute, out var address) ? address : throw Wrong(section, name, "an absolute address");

    private static string Required(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {section.Path}:{name} is missing.");

    // The value itself stays unsaid: it may be a secret in the wrong place.
    private static InvalidOperationException Wrong(IConfigurationSection section, string name, string expected) =>
        new($"The setting {section.Path}:{name} must be {expected}.");
}
