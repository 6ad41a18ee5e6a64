using System.Reflection;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Exchange;
using Baotou.Payouts.Solution.Tests.Infrastructure;
using Baotou.Payouts.Web;
using Baotou.Payouts.Web.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Solution.Tests.FunctionsHost;

/// <summary>What the deployment sets is what the host reads.</summary>
public sealed partial class HostSettings(CompiledHost host, DeployedTemplate deployed)
    : IClassFixture<CompiledHost>,
        IClassFixture<DeployedTemplate>
{
    [Fact]
    public void The_deployed_settings_open_the_storage_by_identity() =>
        Assert.False(host.Read<StorageAccount>("Storage", DeployedSettings()).IsEmulator);

    [Fact]
    public void A_connection_string_opens_the_emulator() =>
        Assert.True(host.Read<StorageAccount>("Storage", new() { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" }).IsEmulator);

    [Fact]
    public void Agencies_and_treasury_are_read()
    {
        var exchange = host.Read<ExchangeOptions>("Exchange", Agencies());

        var tax = Assert.Single(exchange.Agencies);
        Assert.Equal(
            ("tax", WalkKind.Cursor, "c", "s", "k", 200),
            (tax.Source, tax.Kind, tax.ClientId, tax.ServiceId, tax.Secret, tax.MaxPageSize)
        );
        Assert.Equal(new Uri("https://tax.example/data/"), tax.BaseAddress);
        Assert.Equal("accounts", exchange.Treasury!.Source);
        Assert.Equal(1_000, exchange.Treasury.MaxPageSize);
    }

    [Fact]
    public void With_the_deployed_settings_every_trigger_can_be_made()
    {
        var settings = DeployedSettings();
        var services = host.Wire(new ServiceCollection().AddLogging(), settings).BuildServiceProvider();

        foreach (var name in new[] { "QueueTriggers", "PoisonTriggers", "TimerTriggers", "HttpTriggers" })
        {
            Assert.NotNull(ActivatorUtilities.CreateInstance(services, host.Type(name)));
        }
    }

    [Fact]
    public void Every_agencys_setting_that_the_host_reads_is_deployed()
    {
        var names = DeployedSettings().Keys.ToHashSet();

        Assert.Empty(Agencies().Keys.Concat(Issuer("https://staff.example/").Keys).Except(names).Except(["Web:Issuers:0:Keys"]));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void An_account_key_of_another_length_is_refused_without_repeating_it(string key)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => host.Read<byte[]>("AccountKey", new() { ["Accounts:Key"] = key }));

        Assert.Equal(
            "The setting Accounts:Key must be 32 bytes in Base64. Set Accounts__Key as docs/azure.md says under Settings.",
            refusal.Message
        );
    }

    [Theory]
    [InlineData(null, "is missing.")]
    [InlineData("many", "must be a whole number.")]
    [InlineData("0", "must be 1 to 1,000, as it was when the store was made.")]
    [InlineData("1001", "must be 1 to 1,000, as it was when the store was made.")]
    public void The_number_of_buckets_must_be_said(string? buckets, string expected)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() =>
            host.Read<EngineOptions>("Engine", new() { ["Engine:Buckets"] = buckets })
        );

        Assert.Equal($"The setting Engine:Buckets {expected} Set Engine__Buckets as docs/azure.md says under Settings.", refusal.Message);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage:clientId")]
    [InlineData("AzureWebJobsStorage:tableServiceUri")]
    public void A_missing_storage_setting_is_named(string missing)
    {
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage:clientId"] = "c",
            ["AzureWebJobsStorage:tableServiceUri"] = "https://t.example",
            ["AzureWebJobsStorage:queueServiceUri"] = "https://q.example",
        };
        settings.Remove(missing);

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Read<StorageAccount>("Storage", settings));

        Assert.Equal(
            $"The setting {missing} is missing. Set {missing.Replace(":", "__", StringComparison.Ordinal)} as docs/azure.md says under Settings.",
            refusal.Message
        );
    }

    [Theory]
    [InlineData("Kind", "Sideways", "must be one of Cursor, Snapshot.")]
    [InlineData("Kind", "7", "must be one of Cursor, Snapshot.")]
    [InlineData("BaseAddress", "tax.example", "must be an absolute address.")]
    [InlineData("MaxPageSize", "many", "must be a whole number.")]
    [InlineData("MaxPageSize", "1001", "must be 1 to 1,000.")]
    [InlineData("BaseAddress", "http://tax.example/", "must be an HTTPS address; HTTP is accepted on this machine only.")]
    [InlineData("BaseAddress", "https://tax.example/data", "must be an absolute address that ends with a slash.")]
    [InlineData("ServiceId", "", "must be which service is asked, since a cursor signs with it.")]
    [InlineData("Secret", "", "is missing.")]
    public void A_setting_that_makes_no_sense_is_named_and_not_repeated(string name, string value, string expected)
    {
        var settings = Agencies();
        settings[$"Exchange:Agencies:0:{name}"] = value;

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Read<ExchangeOptions>("Exchange", settings));

        Assert.Equal(
            $"The setting Exchange:Agencies:0:{name} {expected} Set Exchange__Agencies__0__{name} as docs/azure.md says under Settings.",
            refusal.Message
        );
    }

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000000", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317", true)]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "", false)]
    [InlineData("AZURE_CLIENT_ID", "c", false)]
    public void Numbers_and_traces_are_sent_only_where_a_setting_says_so(string name, string value, bool sent)
    {
        var services = host.Tell(new() { [name] = value });

        Assert.Equal(sent, services.Any(service => service.ServiceType == typeof(OpenTelemetry.Metrics.MeterProvider)));
        Assert.Equal(sent, services.Any(service => service.ServiceType == typeof(OpenTelemetry.Trace.TracerProvider)));
    }

    [Fact]
    public void The_issuers_of_tokens_are_read()
    {
        var web = host.Read<WebOptions>("Web", Issuer("https://staff.example/"));

        var issuer = Assert.Single(web.Issuers);
        Assert.Equal(
            ("staff", "https://staff.example/", "payouts", IssuerKind.Staff),
            (issuer.Id, issuer.Issuer, issuer.Audience, issuer.Kind)
        );
    }

    [Theory]
    [InlineData("urn:payouts:local:staff")]
    [InlineData("http://staff.example/")]
    public void An_issuer_of_one_machine_is_refused(string name)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => host.Read<WebOptions>("Web", Issuer(name)));

        Assert.StartsWith(
            "The setting Web:Issuers:0:Issuer must be the issuer's HTTPS name. Set Web__Issuers__0__Issuer ",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Id", "Staff Ltd", "must be 1 to 40 of a-z, 0-9 and hyphens.")]
    [InlineData("Id", "", "is missing.")]
    [InlineData("Audience", "", "is missing.")]
    [InlineData("Kind", "Both", "must be one of Staff, Enterprises.")]
    public void An_issuer_that_makes_no_sense_is_named(string name, string value, string expected)
    {
        var settings = Issuer("https://staff.example/");
        settings[$"Web:Issuers:0:{name}"] = value;

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Read<WebOptions>("Web", settings));

        Assert.StartsWith(
            $"The setting Web:Issuers:0:{name} {expected} Set Web__Issuers__0__{name} ",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_keys_are_served_is_an_address_that_cannot_be_listened_to()
    {
        var settings = Issuer("https://staff.example/");
        settings.Remove("Web:Issuers:0:Keys");
        settings["Web:Issuers:0:KeysAddress"] = "http://staff.example/keys";

        Assert.StartsWith(
            "The setting Web:Issuers:0:KeysAddress must be an HTTPS address.",
            Assert.Throws<InvalidOperationException>(() => host.Read<WebOptions>("Web", settings)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_two_issuers_that_look_alike_the_second_is_named()
    {
        var settings = Issuer("https://staff.example/");
        foreach (var (name, value) in Issuer("https://staff.example/"))
            settings[name.Replace(":0:", ":1:", StringComparison.Ordinal)] = value;

        Assert.StartsWith(
            "The setting Web:Issuers:1:Id must be another one",
            Assert.Throws<InvalidOperationException>(() => host.Read<WebOptions>("Web", settings)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    public void A_page_of_another_size_is_refused(string size)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() =>
            host.Read<EngineOptions>("Engine", new() { ["Engine:Buckets"] = "8", ["Engine:PageSize"] = size })
        );

        Assert.StartsWith("The setting Engine:PageSize must be 1 to 1,000.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_connection_string_is_not_repeated()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() =>
            host.Read<StorageAccount>("Storage", new() { ["AzureWebJobsStorage"] = "AccountKey=topsecret" })
        );

        Assert.StartsWith(
            "The setting AzureWebJobsStorage must be the connection string of an emulator",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("topsecret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tableServiceUri", "http://t.example")]
    [InlineData("queueServiceUri", "http://q.example")]
    public void An_account_is_not_asked_where_everybody_can_listen(string name, string address)
    {
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage:clientId"] = "c",
            ["AzureWebJobsStorage:tableServiceUri"] = "https://t.example",
            ["AzureWebJobsStorage:queueServiceUri"] = "https://q.example",
        };
        settings[$"AzureWebJobsStorage:{name}"] = address;

        Assert.StartsWith(
            $"The setting AzureWebJobsStorage:{name} must be an HTTPS address.",
            Assert.Throws<InvalidOperationException>(() => host.Read<StorageAccount>("Storage", settings)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_agency_whose_facts_no_list_knows_is_named()
    {
        var settings = DeployedSettings();
        settings["Exchange:Agencies:0:Source"] = "taxes";

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Wire(new ServiceCollection(), settings));

        Assert.StartsWith(
            "The setting Exchange:Agencies:0:Source must be one of agriculture, culture, ",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_app_with_a_time_zone_of_its_own_does_not_start()
    {
        var settings = DeployedSettings();
        settings["WEBSITE_TIME_ZONE"] = "China Standard Time";

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Wire(new ServiceCollection(), settings));

        Assert.Equal(
            "The setting WEBSITE_TIME_ZONE must be left out: timers are in UTC. Take it out of the app's settings.",
            refusal.Message
        );
    }

    // Every name that the template writes, with a value of its kind.
    private Dictionary<string, string?> DeployedSettings()
    {
        var values = new Dictionary<string, string>
        {
            ["Kind"] = "Cursor",
            ["Source"] = "tax",
            ["Id"] = "staff",
            ["Buckets"] = "256",
            ["PageSize"] = "500",
            ["MaxPageSize"] = "1000",
            ["Key"] = Convert.ToBase64String(new byte[32]),
        };
        var template = deployed.Compiled.Template!;
        var written =
            template["variables"]!.ToJsonString()
            + deployed.Compiled.Module("app")["variables"]!.ToJsonString()
            + template["resources"]!["app"]!["properties"]!["parameters"]!.ToJsonString();
        return SettingName()
            .Matches(written.Replace("\\u0027", "'"))
            .Select(match => match.Groups[1].Value.Replace("{0}", "0").Replace("__", ":"))
            .Distinct()
            .ToDictionary(
                name => name,
                string? (name) =>
                    name switch
                    {
                        "Web:Issuers:0:Kind" => "Staff",
                        "Exchange:Treasury:Source" => "treasury",
                        _ => values.GetValueOrDefault(name[(name.LastIndexOf(':') + 1)..], "https://some.example/"),
                    }
            );
    }

    [GeneratedRegex(@"'?((?:Exchange|Web|Accounts|Engine|AzureWebJobsStorage)__[A-Za-z0-9_{}]+)")]
    private static partial Regex SettingName();

    private static Dictionary<string, string?> Issuer(string name) =>
        new()
        {
            ["Web:Issuers:0:Id"] = "staff",
            ["Web:Issuers:0:Issuer"] = name,
            ["Web:Issuers:0:Audience"] = "payouts",
            ["Web:Issuers:0:Kind"] = "Staff",
            ["Web:Issuers:0:Keys"] = "{\"keys\":[]}",
        };

    private static Dictionary<string, string?> Agencies() =>
        new()
        {
            ["Exchange:Agencies:0:Source"] = "tax",
            ["Exchange:Agencies:0:BaseAddress"] = "https://tax.example/data/",
            ["Exchange:Agencies:0:Kind"] = "Cursor",
            ["Exchange:Agencies:0:ClientId"] = "c",
            ["Exchange:Agencies:0:ServiceId"] = "s",
            ["Exchange:Agencies:0:Secret"] = "k",
            ["Exchange:Agencies:0:MaxPageSize"] = "200",
            ["Exchange:Treasury:Source"] = "accounts",
            ["Exchange:Treasury:BaseAddress"] = "https://treasury.example/",
            ["Exchange:Treasury:Kind"] = "Cursor",
            ["Exchange:Treasury:ClientId"] = "c",
            ["Exchange:Treasury:ServiceId"] = "s",
            ["Exchange:Treasury:Secret"] = "k",
        };
}

/// <summary>The Functions host compiled once; its settings are read through it.</summary>
public sealed class CompiledHost
{
    private readonly Assembly _assembly = FunctionsSource.Deployed.Load();

    internal Type Type(string name) => _assembly.GetType("Baotou.Payouts.Functions." + name, throwOnError: true)!;

    internal T Read<T>(string method, Dictionary<string, string?> settings) => (T)Call("Settings", method, [Configuration(settings)]);

    internal IServiceCollection Tell(Dictionary<string, string?> settings) =>
        (IServiceCollection)Call("Telemetry", "AddTelemetry", [new ServiceCollection(), Configuration(settings)]);

    internal IServiceCollection Wire(IServiceCollection services, Dictionary<string, string?> settings) =>
        (IServiceCollection)Call("Wiring", "AddPayouts", [services, Configuration(settings)]);

    private static IConfiguration Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private object Call(string type, string method, object[] arguments) =>
        Type(type).GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
