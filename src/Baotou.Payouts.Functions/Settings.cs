using System.Globalization;
using Azure.Identity;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Exchange;
using Baotou.Payouts.Web;
using Baotou.Payouts.Web.Access;
using Microsoft.Extensions.Configuration;

namespace Baotou.Payouts.Functions;

/// <summary>
/// Reads what the deployment sets. Names are those of the configuration; in the portal a colon is two underscores
/// (<c>Exchange__Agencies__0__Source</c>). What an option may be is said by the options' own classes. A setting that is missing or makes no
/// sense throws <see cref="InvalidOperationException"/> naming it and what to do, so that the host does not start.
/// </summary>
public static class Settings
{
    /// <summary>The platform's own setting of the account it keeps its locks in; our tables and queues lie there too.</summary>
    public const string StorageSection = "AzureWebJobsStorage";

    private const string ExchangeSection = "Exchange";

    /// <summary>The platform's setting by which timers would follow another clock than UTC.</summary>
    public const string ZoneSetting = "WEBSITE_TIME_ZONE";

    private static readonly HttpClient KeysClient = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) }
    )
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 256 * 1024,
    };

    /// <summary>The storage account: by the app's identity in the cloud, by a connection string where one is set (the emulator).</summary>
    public static StorageAccount Storage(IConfiguration configuration)
    {
        var section = configuration.GetSection(StorageSection);
        if (section.Value is { Length: > 0 } connection)
            return Connected(connection);
        var identity = ManagedIdentityId.FromUserAssignedClientId(Required(section, "clientId"));
        return StorageAccount.FromIdentity(
            SafeAddress(section, "tableServiceUri"),
            SafeAddress(section, "queueServiceUri"),
            new ManagedIdentityCredential(identity),
            new StorageMeter()
        );
    }

    /// <summary>
    /// Refuses a time zone of the app's own: the timetable is in UTC, and says of each of its times which one it is in Baotou (UTC+8).
    /// </summary>
    public static void Timetable(IConfiguration configuration)
    {
        if (configuration[ZoneSetting] is { Length: > 0 })
            throw new InvalidOperationException(
                $"The setting {ZoneSetting} must be left out: timers are in UTC. Take it out of the app's settings."
            );
    }

    /// <summary>The agencies under <c>Exchange:Agencies:0</c>, <c>1</c>, … and the treasury under <c>Exchange:Treasury</c>.</summary>
    public static ExchangeOptions Exchange(IConfiguration configuration)
    {
        var section = configuration.GetSection(ExchangeSection);
        return new ExchangeOptions
        {
            Agencies = section.GetSection("Agencies").GetChildren().Select(Agency).ToList(),
            Treasury = Agency(section.GetSection("Treasury")),
        };
    }

    /// <summary>
    /// The exchange, if every agency tells facts that the list knows of; a dataset by another name would be walked for nothing.
    /// </summary>
    public static ExchangeOptions Known(ExchangeOptions exchange, FactDictionary facts)
    {
        var datasets = facts.Kinds.Select(k => k.Agency).Distinct().Order(StringComparer.Ordinal).ToList();
        var place = exchange.Agencies.ToList().FindIndex(a => !datasets.Contains(a.Source));
        return place < 0
            ? exchange
            : throw Wrong($"{ExchangeSection}:Agencies:{place}", nameof(AgencyOptions.Source), $"one of {string.Join(", ", datasets)}");
    }

    /// <summary>
    /// What is chosen for the store under <c>Engine</c>; the number of buckets must be said, since it is fixed when the store is made.
    /// </summary>
    public static EngineOptions Engine(IConfiguration configuration)
    {
        var section = configuration.GetSection("Engine");
        var options = new EngineOptions
        {
            Buckets = Number(section, "Buckets", Required(section, "Buckets")),
            PageSize = section["PageSize"] is { Length: > 0 } size ? Number(section, "PageSize", size) : new EngineOptions().PageSize,
        };
        return Checked(section, options, options.Problems());
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

    /// <summary>
    /// The token issuers under <c>Web:Issuers:0</c>, <c>1</c>, …; at least one for staff and one for enterprises. Keys come from an HTTPS
    /// address, or stand in <c>Keys</c>.
    /// </summary>
    public static WebOptions Web(IConfiguration configuration)
    {
        var section = configuration.GetSection("Web");
        var issuers = section.GetSection("Issuers").GetChildren().Select(Issuer).ToList();
        if (issuers.Count == 0)
            Required(section.GetSection("Issuers:0"), "Issuer");
        var options = new WebOptions { Issuers = issuers };
        return Checked(section, options, options.Problems());
    }

    private static TokenIssuer Issuer(IConfigurationSection section) =>
        new()
        {
            Id = Required(section, "Id"),
            Issuer =
                Required(section, "Issuer") is var name && name.StartsWith("https://", StringComparison.Ordinal)
                    ? name
                    : throw Wrong(section, "Issuer", "the issuer's HTTPS name"),
            Audience = Required(section, "Audience"),
            Kind =
                Enum.TryParse<IssuerKind>(Required(section, "Kind"), out var kind) && Enum.IsDefined(kind)
                    ? kind
                    : throw Wrong(section, "Kind", $"one of {string.Join(", ", Enum.GetNames<IssuerKind>())}"),
            ReadKeys = section["Keys"] is { Length: > 0 } keys ? _ => Task.FromResult(keys) : KeysAt(section),
        };

    private static Func<CancellationToken, Task<string>> KeysAt(IConfigurationSection section)
    {
        var address = SafeAddress(section, "KeysAddress");
        return cancellationToken => KeysClient.GetStringAsync(address, cancellationToken);
    }

    private static AgencyOptions Agency(IConfigurationSection section)
    {
        var options = Read(section);
        return Checked(section, options, options.Problems());
    }

    private static AgencyOptions Read(IConfigurationSection section) =>
        new()
        {
            Source = Required(section, "Source"),
            BaseAddress = Address(section, "BaseAddress"),
            Kind =
                Enum.TryParse<WalkKind>(Required(section, "Kind"), out var kind) && Enum.IsDefined(kind)
                    ? kind
                    : throw Wrong(section, "Kind", $"one of {string.Join(", ", Enum.GetNames<WalkKind>())}"),
            ClientId = Required(section, "ClientId"),
            ServiceId = section["ServiceId"] ?? string.Empty,
            Secret = Required(section, "Secret"),
            MaxPageSize = section["MaxPageSize"] is { Length: > 0 } size ? Number(section, "MaxPageSize", size) : 1_000,
        };

    private static int Number(IConfigurationSection section, string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(section, name, "a whole number");

    private static Uri Address(IConfigurationSection section, string name) =>
        Uri.TryCreate(Required(section, name), UriKind.Absolute, out var address)
            ? address
            : throw Wrong(section, name, "an absolute address");

    private static Uri SafeAddress(IConfigurationSection section, string name) =>
        Address(section, name) is { } address && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw Wrong(section, name, "an HTTPS address");

    private static StorageAccount Connected(string connection) =>
        StorageAccount.IsConnectionString(connection)
            ? StorageAccount.FromConnectionString(connection, new StorageMeter())
            : throw new InvalidOperationException(
                $"The setting {StorageSection} must be the connection string of an emulator, or be left out where {StorageSection}:clientId is set. {Remedy(StorageSection)}"
            );

    private static T Checked<T>(IConfigurationSection section, T options, IEnumerable<OptionProblem> problems) =>
        problems.FirstOrDefault() is { } problem ? throw Wrong(section, problem.Name, problem.Expected) : options;

    private static string Required(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The setting {section.Path}:{name} is missing. {Remedy($"{section.Path}:{name}")}");

    // The value itself stays unsaid: it may be a secret in the wrong place.
    private static InvalidOperationException Wrong(IConfigurationSection section, string name, string expected) =>
        Wrong(section.Path, name, expected);

    private static InvalidOperationException Wrong(string section, string name, string expected) =>
        new($"The setting {section}:{name} must be {expected}. {Remedy($"{section}:{name}")}");

    private static string Remedy(string setting) =>
        $"Set {setting.Replace(":", "__", StringComparison.Ordinal)} as docs/azure.md says under Settings.";
}
