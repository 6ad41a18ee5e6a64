using System.Text.Json;
using System.Text.RegularExpressions;

namespace Baotou.Payouts.Solution.Tests.Documents;

/// <summary>What the pages tell a reader to send is a request that the interface has.</summary>
public sealed partial class Requests
{
    [Theory]
    [InlineData("README.md", 9)]
    [InlineData("docs/README.zh-CN.md", 6)]
    [InlineData("docs/api.md", 30)]
    public void Every_request_of_a_page_is_in_the_contract(string page, int atLeast)
    {
        var requests = RequestsOf(Repository.Read(page));
        Assert.True(requests.Count >= atLeast, $"Only {requests.Count} requests are found.");
        Assert.DoesNotContain(requests, request => !IsInContract(request));
    }

    [Fact]
    public void A_request_that_the_interface_does_not_have_is_found()
    {
        var requests = RequestsOf(
            """
            ```sh
            curl -s $BASE/api/payouts/$ID -H "$OFFICER"
            curl -s $BASE/api/payouts/$ID/nothing -H "$OFFICER"
            curl -s $BASE/api/pools/science-support/2023 -H "$OFFICER" \
              -d '{}'
            ```
            """
        );
        Assert.Equal(
            [("post", "/api/pools/science-support/2023"), ("get", "/api/payouts/$ID/nothing")],
            requests.Where(request => !IsInContract(request)).OrderByDescending(request => request.Method)
        );
    }

    private static bool IsInContract((string Method, string Path) request) =>
        Contract.Any(known => known.Method == request.Method && Fits(known.Path, request.Path));

    /// <summary>A part in braces fits anything, a shell variable only a part in braces.</summary>
    private static bool Fits(string template, string path)
    {
        var (parts, given) = (template.Split('/'), path.Split('/'));
        return parts.Length == given.Length && parts.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static List<(string Method, string Path)> RequestsOf(string page) =>
        [
            .. Block()
                .Matches(page)
                .SelectMany(block => block.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
                .Select(line => (Method: line.Contains(" -d '", StringComparison.Ordinal) ? "post" : "get", Target: Target().Match(line)))
                .Where(line => line.Target.Success)
                .Select(line => (line.Method, line.Target.Groups[1].Value)),
        ];

    private static readonly (string Method, string Path)[] Contract = ReadContract();

    private static (string Method, string Path)[] ReadContract()
    {
        using var contract = JsonDocument.Parse(Repository.Read("tests/Baotou.Payouts.Web.Tests/openapi.approved.json"));
        return
        [
            .. contract
                .RootElement.GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(method => (method.Name, path.Name))),
        ];
    }

    [GeneratedRegex("^```(?:sh|bash)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\bcurl .*?\$BASE(/api/[^\s""?)]*)")]
    private static partial Regex Target();
}
