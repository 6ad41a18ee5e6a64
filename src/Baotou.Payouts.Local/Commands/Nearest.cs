namespace Baotou.Payouts.Local.Commands;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>" (did you mean 'x'?)" for the known word that is at most two edits away; empty if none is.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        if (word.Length > 100)
            return "";
        var best = known
            .Select(k => (Word: k, Edits: Edits(word, k)))
            .OrderBy(k => k.Edits)
            .FirstOrDefault((Word: "", Edits: int.MaxValue));
        return best.Edits <= 2 ? $" (did you mean '{best.Word}'?)" : "";
    }

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
