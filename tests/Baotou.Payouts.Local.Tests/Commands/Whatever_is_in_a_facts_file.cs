using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>
/// The example of the documentation with bytes changed: explained, or refused in one sentence that names the place. Never a crash.
/// </summary>
public sealed class Whatever_is_in_a_facts_file(ITestOutputHelper output) : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private ulong _state = 7;

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Is_explained_or_refused()
    {
        var example = await File.ReadAllBytesAsync(Path.Combine(Root(), "docs", "examples", "enterprise.json"));
        var (explained, refused) = (0, 0);
        for (var i = 0; i < 300; i++)
        {
            var bytes = example.ToList();
            for (var edits = 1 + Next(2); edits > 0; edits--)
            {
                var at = Next(bytes.Count);
                if (Next(3) == 0)
                    bytes.RemoveAt(at);
                else
                    bytes[at] = Next(2) == 0 ? (byte)Next(256) : "{}[]\",:0-"u8[Next(9)];
            }

            await File.WriteAllBytesAsync(_file, [.. bytes]);
            var run = await CommandRun.Of("explain", "--facts", _file, "--as-of", "2023-06-30", "--json");

            Assert.True(run.Code is 0 or 2, $"exit code {run.Code} for {Encoding.UTF8.GetString([.. bytes])}: {run.Error}");
            if (run.Code == 0)
            {
                Assert.StartsWith("{", run.Out, StringComparison.Ordinal);
                explained++;
            }
            else
            {
                Assert.NotEmpty(run.Error);
                Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
                refused++;
            }
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"changed facts files: {explained + refused}, explained {explained}, refused {refused}"
            )
        );
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Baotou.Payouts.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("This test runs inside the repository.");
        return folder;
    }

    private int Next(int below)
    {
        _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((_state >> 33) % (ulong)below);
    }
}
