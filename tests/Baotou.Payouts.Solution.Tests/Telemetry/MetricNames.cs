using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.Solution.Tests.Telemetry;

/// <summary>Alerts, charts and the page about telemetry read the numbers by the names, tags and units of the code's one list.</summary>
public sealed partial class MetricNames
{
    [Fact]
    public void Every_name_is_used_once_and_has_a_unit()
    {
        Assert.Equal(Metrics.All.Count, Metrics.All.Select(m => m.Name).Distinct().Count());
        Assert.All(Metrics.All, m => Assert.Matches("^payouts\\.[a-z]+\\.[a-z]+$", m.Name));
        Assert.All(Metrics.All, m => Assert.Matches("^(s|%|\\{[a-z]+\\})$", m.Unit));
    }

    [Fact]
    public void Every_alert_reads_a_number_that_is_told()
    {
        var queries = AlertsOf(Repository.Read("infra/modules/alerts.bicep"));

        Assert.Equal(5, queries.Count);
        Assert.Empty(queries.SelectMany(Untold));
    }

    [Fact]
    public void Every_chart_reads_numbers_that_are_told()
    {
        var queries = ChartsOf(Repository.Read("infra/modules/workbook.json"));

        Assert.Equal(
            Metrics.All.Select(m => m.Name).Except([Metrics.MoneyPaid.Name]).Order(StringComparer.Ordinal),
            queries.SelectMany(NamesIn).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Empty(queries.SelectMany(Untold));
    }

    [Theory]
    [InlineData("AppMetrics | where Name == \"payouts.facts.lost\"", "payouts.facts.lost is not told")]
    [InlineData("payouts.source.lag | summarize max(Max) by tostring(Properties[\"queue\"])", "payouts.source.lag has no tag queue")]
    [InlineData("payouts.money.paid | summarize max(Max) by tostring(Properties[\"pool\"])", "payouts.money.paid has no tag pool")]
    public void A_reading_that_goes_amiss_is_found(string query, string problem) => Assert.Equal([problem], Untold(query));

    [Fact]
    public void An_alert_without_a_number_is_found() =>
        Assert.Equal(["payouts.x.y is not told"], AlertsOf("metric: 'payouts.x.y'\n query: '| take 1'").SelectMany(Untold));

    [Fact]
    public void The_page_has_every_number_with_its_unit_and_tag() =>
        Assert.Equal(Metrics.All.Select(LineOf), LinesOf(Repository.Read("docs/telemetry.md")));

    [Fact]
    public void A_page_with_another_unit_is_found() =>
        Assert.NotEqual([LineOf(Metrics.SourceLag)], LinesOf("| `payouts.source.lag` | gauge | `ms` | `source` | x |"));

    [Fact]
    public void The_page_has_every_tag_of_a_step() =>
        Assert.All(TraceTags.All, tag => Assert.Contains($"| `{tag}` |", Repository.Read("docs/telemetry.md"), StringComparison.Ordinal));

    private static string LineOf(Metric metric) => $"{metric.Name} {metric.Unit} {metric.Tag ?? "-"}";

    private static List<string> LinesOf(string page) =>
        [
            .. PageLine()
                .Matches(page)
                .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value} {m.Groups[3].Value}".TrimEnd() + (m.Groups[3].Success ? "" : " -")),
        ];

    private static List<string> AlertsOf(string bicep) =>
        [.. Alert().Matches(bicep).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}")];

    private static List<string> ChartsOf(string workbook) =>
        [.. JsonNode.Parse(workbook)!["items"]!.AsArray().Select(item => (string?)item!["content"]!["query"]).OfType<string>()];

    private static List<string> NamesIn(string query) => [.. Name().Matches(query).Select(m => m.Value)];

    private static IEnumerable<string> Untold(string query)
    {
        foreach (var name in NamesIn(query))
        {
            var metric = Metrics.All.FirstOrDefault(m => m.Name == name);
            if (metric is null)
                yield return $"{name} is not told";
            foreach (Match tag in Tag().Matches(query))
            {
                if (metric is not null && metric.Tag != tag.Groups[1].Value)
                    yield return $"{name} has no tag {tag.Groups[1].Value}";
            }
        }
    }

    [GeneratedRegex(@"payouts\.[a-z]+\.[a-z]+")]
    private static partial Regex Name();

    [GeneratedRegex("""Properties\["([a-z]+)"\]""")]
    private static partial Regex Tag();

    [GeneratedRegex(@"metric: '([^']+)'.*?query: '([^']+)'", RegexOptions.Singleline)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^\| `(payouts\.[a-z]+\.[a-z]+)` \| [a-z]+ \| `([^`]+)` \| (?:`([a-z]+)`)? ?\|", RegexOptions.Multiline)]
    private static partial Regex PageLine();
}
