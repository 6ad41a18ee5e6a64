using System.Globalization;
using System.Text.Json;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>What docs/scale.md says that a run takes of the platform is what a run takes.</summary>
public sealed class The_costs_that_are_written_down
{
    /// <summary>Workers take turns as they come, so that polls and refused commits differ a little from run to run.</summary>
    private const double Tolerance = 0.1;

    private static readonly string[] Counted =
    [
        "enterprises",
        "facts",
        "claims",
        "payouts",
        "table transactions",
        "queue transactions",
        "executions",
    ];
    private static readonly string[] Shares =
    [
        "enterprises",
        "transactions a fact",
        "a claim",
        "a payout",
        "executions a fact",
        "a claim",
        "a payout",
    ];

    [Fact]
    public async Task Are_what_a_run_counts()
    {
        var said = Rows(Counted)[0];
        var run = (
            await CommandRun.Working("demo", "--memory", "--enterprises", said[0].ToString(CultureInfo.InvariantCulture), "--json")
        ).Json;
        double[] counted =
        [
            Of(run, "enterprises"),
            Of(run, "facts"),
            Of(run, "claims"),
            Of(run, "payouts"),
            Of(run.GetProperty("storageTransactions"), "table"),
            Of(run.GetProperty("storageTransactions"), "queue"),
            Of(run.GetProperty("executions"), "messages"),
        ];

        Assert.Equal(counted[..4], said[..4]);
        for (var i = 4; i < counted.Length; i++)
            Assert.True(
                Math.Abs(counted[i] - said[i]) <= said[i] * Tolerance,
                $"{Counted[i]}: docs/scale.md says {said[i]}, a run counts {counted[i]}; measure again and mend the page."
            );
    }

    [Fact]
    public void Are_divided_as_they_are_counted()
    {
        foreach (var (counted, shares) in Rows(Counted).Zip(Rows(Shares)))
        {
            double[] expected =
            [
                counted[0],
                .. new[] { counted[4] + counted[5], counted[6] }.SelectMany(whole => counted[1..4].Select(of => whole / of)),
            ];
            for (var i = 0; i < expected.Length; i++)
                Assert.True(
                    Math.Abs(expected[i] - shares[i]) <= expected[i] * 0.03,
                    $"{counted[0]} enterprises, {Shares[i]}: {shares[i]} is written, {expected[i]:F3} is right."
                );
        }
    }

    private static double Of(JsonElement of, string name) => of.GetProperty(name).GetDouble();

    private static List<double[]> Rows(string[] heading)
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), "docs", "scale.md"));
        var at = Array.IndexOf(lines, $"| {string.Join(" | ", heading)} |");
        Assert.True(at >= 0, $"docs/scale.md has no table with the columns {string.Join(", ", heading)}.");
        return
        [
            .. lines
                .Skip(at + 2)
                .TakeWhile(l => l.StartsWith('|'))
                .Select(l => l.Trim('|').Split('|').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray()),
        ];
    }

    private static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Baotou.Payouts.sln")))
                return folder;
        }

        throw new DirectoryNotFoundException("The tests do not run in the repository.");
    }
}
