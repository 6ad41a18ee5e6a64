using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;

namespace Baotou.Payouts.Solution.Tests.Infrastructure;

/// <summary>What is deployed fits what is programmed.</summary>
public sealed class Template(DeployedTemplate deployed) : IClassFixture<DeployedTemplate>
{
    private readonly CompiledTemplate _template = deployed.Compiled;

    [Fact]
    public void It_compiles_without_a_warning()
    {
        Assert.Equal(string.Empty, _template.Complaints);
        Assert.NotNull(_template.Template);
    }

    [Fact]
    public void A_warning_is_found() =>
        Assert.Contains("no-unused-params", CompiledTemplate.OfText("param nobodyReadsThis string").Complaints, StringComparison.Ordinal);

    [Fact]
    public void An_error_is_found() => Assert.Null(CompiledTemplate.OfText("resource x").Template);

    [Fact]
    public void It_has_the_queues_of_the_code() => Assert.Equal(QueueNames.All, _template.Names("queueNames"));

    [Fact]
    public void It_has_the_tables_of_the_code() => Assert.Equal(StorageKeys.Tables, _template.Names("tableNames"));

    [Fact]
    public void Every_queue_has_its_poison_queue()
    {
        var names = _template.Resources("Microsoft.Storage/storageAccounts/queueServices/queues")
            .Select(queue => queue["name"]!.GetValue<string>())
            .ToList();

        Assert.Equal(2, names.Count);
        Assert.Contains(names, name => name.Contains($"format('{{0}}{QueueNames.PoisonSuffix}', variables('queueNames')[copyIndex()])", StringComparison.Ordinal));
    }

    [Fact]
    public void No_key_opens_the_storage()
    {
        var properties = Assert.Single(_template.Resources("Microsoft.Storage/storageAccounts"))["properties"]!;

        Assert.False(properties["allowSharedKeyAccess"]!.GetValue<bool>());
        Assert.False(properties["allowBlobPublicAccess"]!.GetValue<bool>());
        Assert.True(properties["supportsHttpsTrafficOnly"]!.GetValue<bool>());
        Assert.Equal("TLS1_2", properties["minimumTlsVersion"]!.GetValue<string>());
    }

    [Fact]
    public void The_app_runs_this_version_of_the_platform_as_its_own_identity()
    {
        var app = Assert.Single(_template.Resources("Microsoft.Web/sites"));
        var runtime = app["properties"]!["functionAppConfig"]!["runtime"]!;

        Assert.Equal("dotnet-isolated", runtime["name"]!.GetValue<string>());
        Assert.Equal($"{Environment.Version.Major}.0", runtime["version"]!.GetValue<string>());
        Assert.Equal("UserAssigned", app["identity"]!["type"]!.GetValue<string>());
        Assert.True(app["properties"]!["httpsOnly"]!.GetValue<bool>());
        Assert.All(
            _template.Resources("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            policy => Assert.False(policy["properties"]!["allow"]!.GetValue<bool>()));
    }

    [Fact]
    public void No_setting_holds_a_secret() => Assert.Empty(Secrets(_template.Template!));

    [Fact]
    public void A_setting_that_asks_for_a_key_is_found() =>
        Assert.NotEmpty(Secrets(JsonNode.Parse("""{ "value": "[listKeys(resourceId('x'), '2023-05-01').keys[0].value]" }""")!));

    private static IEnumerable<string> Secrets(JsonNode template)
    {
        var text = template.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return new[] { "listKeys(", "listAccountSas(", "AccountKey=", "SharedAccessSignature" }
            .Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
