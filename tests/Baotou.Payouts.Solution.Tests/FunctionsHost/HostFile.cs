using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Solution.Tests.FunctionsHost;

/// <summary>The platform reads its numbers from host.json, the local host from the code: they are the same.</summary>
public sealed class HostFile
{
    private static readonly JsonNode Extensions = JsonNode.Parse(Repository.Read("host.json"))!["extensions"]!;

    [Fact]
    public void Both_hosts_have_the_same_paths() => Assert.Equal(string.Empty, Extensions["http"]!["routePrefix"]!.GetValue<string>());

    [Fact]
    public void A_message_is_tried_equally_often_on_both_hosts() =>
        Assert.Equal(Redelivery.MostTries, Extensions["queues"]!["maxDequeueCount"]!.GetValue<int>());

    [Fact]
    public void A_message_that_failed_rests_as_long_as_the_code_says() =>
        Assert.Equal(Redelivery.Rest.ToString("c"), Extensions["queues"]!["visibilityTimeout"]!.GetValue<string>());

    [Fact]
    public void Messages_are_written_as_the_adapter_writes_them()
    {
        Assert.Equal("base64", Extensions["queues"]!["messageEncoding"]!.GetValue<string>());
        Assert.Contains(
            "QueueMessageEncoding.Base64",
            Repository.Read("src/Baotou.Payouts.AzureStorage/StorageAccount.cs"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_number_has_its_reason_on_the_page()
    {
        var page = Repository.Read("docs/azure.md");
        var table = page[
            page.IndexOf("## Numbers of the host", StringComparison.Ordinal)..page.IndexOf(
                "## What the platform does",
                StringComparison.Ordinal
            )
        ];

        Assert.All(
            Leaves(JsonNode.Parse(Repository.Read("host.json"))!.AsObject()).Except(["version"]),
            name => Assert.Contains($"`{name}`", table, StringComparison.Ordinal)
        );
    }

    private static IEnumerable<string> Leaves(JsonObject node) =>
        node.SelectMany(part => part.Value is JsonObject inner ? Leaves(inner) : [part.Key]);

    [Fact]
    public void It_is_part_of_the_package() =>
        Assert.Contains(
            "<None Include=\"../../host.json\" Link=\"host.json\" CopyToOutputDirectory=\"PreserveNewest\" CopyToPublishDirectory=\"PreserveNewest\" />",
            Repository.Read("src/Baotou.Payouts.Functions/Baotou.Payouts.Functions.csproj"),
            StringComparison.Ordinal
        );
}
