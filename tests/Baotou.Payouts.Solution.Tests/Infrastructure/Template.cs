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
    public void It_has_the_queues_of_the_code() => Assert.Equal(QueueNames.All, _template.Names("storage", "queueNames"));

    [Fact]
    public void It_has_the_tables_of_the_code() => Assert.Equal(StorageKeys.Tables, _template.Names("storage", "tableNames"));

    [Fact]
    public void Every_queue_has_its_poison_queue()
    {
        var names = _template
            .Resources("Microsoft.Storage/storageAccounts/queueServices/queues")
            .Select(queue => queue["name"]!.GetValue<string>())
            .ToList();

        Assert.Equal(2, names.Count);
        Assert.Contains(
            names,
            name =>
                name.Contains($"format('{{0}}{QueueNames.PoisonSuffix}', variables('queueNames')[copyIndex()])", StringComparison.Ordinal)
        );
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

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    [InlineData("sovereign")]
    public void The_values_of_each_place_fit_the_template(string place)
    {
        var values = CompiledTemplate.OfValues(Repository.PathOf($"infra/{place}.bicepparam"));

        Assert.Equal(string.Empty, values.Complaints);
        Assert.NotNull(values.Template);
    }

    [Fact]
    public void The_identity_has_these_roles_and_no_other_each_on_one_resource()
    {
        var access = _template.Module("access");
        var roles = access["variables"]!["storageRoles"]!.AsObject().Select(role => role.Key);

        Assert.Equal(["blobDataOwner", "queueDataReader", "queueMessageProcessor", "queueMessageSender", "tableDataContributor"], roles);
        var assignments = _template.Resources("Microsoft.Authorization/roleAssignments");
        Assert.Equal(4, assignments.Count);
        Assert.All(assignments, assignment => Assert.Contains("resourceId(", (string)assignment["scope"]!, StringComparison.Ordinal));
        Assert.Equal(
            3,
            assignments.Count(assignment => (string?)assignment["properties"]!["principalId"] == "[parameters('principalId')]")
        );
    }

    [Fact]
    public void Nobody_can_empty_the_vault_or_open_it_with_a_policy()
    {
        var vault = Assert.Single(_template.Resources("Microsoft.KeyVault/vaults"))["properties"]!;

        Assert.True(vault["enableRbacAuthorization"]!.GetValue<bool>());
        Assert.True(vault["enablePurgeProtection"]!.GetValue<bool>());
        Assert.Equal(90, vault["softDeleteRetentionInDays"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts")]
    [InlineData("Microsoft.KeyVault/vaults")]
    public void Isolated_means_no_public_address(string type)
    {
        var properties = Assert.Single(_template.Resources(type))["properties"]!;

        Assert.Equal("[if(parameters('isolated'), 'Disabled', 'Enabled')]", (string)properties["publicNetworkAccess"]!);
        Assert.Equal("[if(parameters('isolated'), 'Deny', 'Allow')]", (string)properties["networkAcls"]!["defaultAction"]!);
        Assert.Equal("None", (string)properties["networkAcls"]!["bypass"]!);
    }

    [Fact]
    public void Isolated_parts_are_reached_by_their_private_names_in_every_cloud()
    {
        var zones = _template.Module("network")["variables"]!["reached"]!.AsArray().Select(part => (string)part!["zone"]!).ToList();

        Assert.Equal(4, zones.Count);
        Assert.All(zones, zone => Assert.Contains("environment().suffixes", zone, StringComparison.Ordinal));
    }

    [Fact]
    public void Telemetry_takes_no_key_and_has_a_daily_limit()
    {
        Assert.True(
            Assert.Single(_template.Resources("Microsoft.Insights/components"))["properties"]!["DisableLocalAuth"]!.GetValue<bool>()
        );
        Assert.NotNull(Assert.Single(_template.Resources("Microsoft.OperationalInsights/workspaces"))["properties"]!["workspaceCapping"]);
    }

    [Fact]
    public void The_package_is_found_by_the_name_that_the_deployment_tool_knows()
    {
        var service = _template.Template!["resources"]!["app"]!["properties"]!["parameters"]!["service"]!["value"]!.GetValue<string>();

        Assert.Contains(
            $"  {service}:\n    project: src/Baotou.Payouts.Functions\n",
            Repository.Read("azure.yaml").ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_app_runs_this_version_of_the_platform_as_its_own_identity()
    {
        var app = Assert.Single(_template.Resources("Microsoft.Web/sites"));
        var runtime = (string)app["properties"]!["functionAppConfig"]!;

        Assert.Contains(
            $"createObject('name', 'dotnet-isolated', 'version', '{Environment.Version.Major}.0')",
            runtime,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"'DOTNET-ISOLATED|{Environment.Version.Major}.0'",
            (string)app["properties"]!["siteConfig"]!["linuxFxVersion"]!,
            StringComparison.Ordinal
        );
        Assert.Equal("UserAssigned", app["identity"]!["type"]!.GetValue<string>());
        Assert.True(app["properties"]!["httpsOnly"]!.GetValue<bool>());
        Assert.All(
            _template.Resources("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            policy => Assert.False(policy["properties"]!["allow"]!.GetValue<bool>())
        );
    }

    [Fact]
    public void No_setting_holds_a_secret() => Assert.Empty(Secrets(_template.Template!));

    [Fact]
    public void A_setting_that_asks_for_a_key_is_found() =>
        Assert.NotEmpty(Secrets(JsonNode.Parse("""{ "value": "[listKeys(resourceId('x'), '2023-05-01').keys[0].value]" }""")!));

    private static IEnumerable<string> Secrets(JsonNode template)
    {
        var text = template.ToJsonString(
            new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        return new[] { "listKeys(", "listAccountSas(", "AccountKey=", "SharedAccessSignature" }.Where(word =>
            text.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
    }
}
