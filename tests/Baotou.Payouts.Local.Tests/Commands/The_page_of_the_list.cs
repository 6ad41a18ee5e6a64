namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>The page that people read is the list that is decided with.</summary>
public sealed class The_page_of_the_list
{
    private static readonly string Path = System.IO.Path.Combine(Root(), "docs", "list.zh-CN.md");

    [Fact]
    public async Task Is_made_from_the_data()
    {
        var made = (await CommandRun.Of("catalogue", "page")).Out;
        var kept = File.ReadAllText(Path).ReplaceLineEndings("\n");

        Assert.True(
            made == kept,
            "docs/list.zh-CN.md is not the page of the list as it stands; make it again: dotnet run --project src/Baotou.Payouts.Local -- catalogue page > docs/list.zh-CN.md"
        );
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Baotou.Payouts.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run below the solution.");
    }
}
