using System.Text.RegularExpressions;

namespace Baotou.Payouts.Domain.Mutations;

/// <summary>The survivors that docs/mutation.md explains, each on a line of its own: "- NAME: why".</summary>
/// <param name="Equivalent">Names under the heading of those that no test can tell from the original.</param>
/// <param name="Left">Names under the heading of those that a test could, with the reason why none does.</param>
public sealed partial record Explained(IReadOnlySet<string> Equivalent, IReadOnlySet<string> Left)
{
    /// <summary>Reads the document. A line that begins like an explanation but gives no reason is not one.</summary>
    public static Explained Read(string document)
    {
        var equivalent = new HashSet<string>(StringComparer.Ordinal);
        var left = new HashSet<string>(StringComparer.Ordinal);
        HashSet<string>? under = null;
        foreach (var line in document.Split('\n'))
        {
            if (line.StartsWith('#'))
                under =
                    line.Contains("Equivalent", StringComparison.Ordinal) ? equivalent
                    : line.Contains("Left", StringComparison.Ordinal) ? left
                    : null;
            else if (Line().Match(line) is { Success: true } match)
                under?.Add(match.Groups[1].Value);
        }

        return new Explained(equivalent, left);
    }

    [GeneratedRegex(@"^- (`[^`]+` `[^`]*` `[^`]*` → `[^`]*`): \S")]
    private static partial Regex Line();
}
