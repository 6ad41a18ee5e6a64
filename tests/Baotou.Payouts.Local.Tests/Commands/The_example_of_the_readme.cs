namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>What the README tells to try gives what a reader expects.</summary>
public sealed class The_example_of_the_readme
{
    [Fact]
    public async Task Is_entitled_to_support_for_its_research_and_its_two_listings()
    {
        var answer = (await CommandRun.Of("explain", "--facts", Example(), "--as-of", "2023-06-30", "--json")).Json;

        var entitled = answer
            .GetProperty("decisions")
            .EnumerateArray()
            .Where(d => d.GetProperty("outcome").GetString() == "entitled")
            .ToDictionary(d => d.GetProperty("policy").GetString()!, d => d.GetProperty("amountFen").GetInt64());
        // 19号 item 2: 5 % of 1,000,000.50 yuan for a small enterprise, down to whole fen. Item 3: 50,000 yuan for two listings running.
        Assert.Equal(5_000_002, entitled["19-cont-2"]);
        Assert.Equal(5_000_000, entitled["19-cont-3a"]);
    }

    private static string Example()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, "docs", "examples", "enterprise.json");
            if (File.Exists(file))
                return file;
        }

        throw new FileNotFoundException("docs/examples/enterprise.json is missing.");
    }
}
