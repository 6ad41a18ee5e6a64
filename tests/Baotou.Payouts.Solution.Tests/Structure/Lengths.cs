namespace Baotou.Payouts.Solution.Tests.Structure;

/// <summary>A file that does not fit into a head should be two.</summary>
public sealed class Lengths
{
    private const int Most = 400;

    [Fact]
    public void No_source_file_has_more_than_400_lines() =>
        Assert.Empty(
            Repository
                .Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
                .Where(file => TooLong(Repository.Read(file)))
                .ToList()
        );

    [Fact]
    public void One_line_more_is_found()
    {
        Assert.False(TooLong(new string('\n', Most)));
        Assert.True(TooLong(new string('\n', Most + 1)));
    }

    private static bool TooLong(string text) => text.Count(character => character == '\n') > Most;
}
