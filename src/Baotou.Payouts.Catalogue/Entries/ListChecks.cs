namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>What no entry can be asked by itself: versions of one id, members of one group, what is printed again.</summary>
internal static class ListChecks
{
    internal static void Run(IReadOnlyList<ReadEntry> entries, Problems problems)
    {
        Versions(entries);
        Groups(entries);
        Duplicates(entries);
        if (entries.Count == 0 && !problems.Any)
            problems.Add("entries", 1, "", "there are no entries", "put at least one file into 'entries'");
    }

    private static void Versions(IReadOnlyList<ReadEntry> entries)
    {
        foreach (var versions in entries.GroupBy(e => e.Policy.Id))
        {
            var ordered = versions.OrderBy(v => v.Policy.Validity.From ?? DateOnly.MinValue).ToArray();
            foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)))
            {
                if (earlier.Policy.Validity.To is { } end && later.Policy.Validity.From > end)
                    continue;
                later.Section.Wrong(
                    "in-force",
                    $"this version overlaps the one at {earlier.Section.File}:{earlier.Section.Line}",
                    "end the earlier version on the day before this one begins, or give this award its own id"
                );
            }

            foreach (var other in ordered.Skip(1).Where(o => o.Policy.Source.Document != ordered[0].Policy.Source.Document))
                other.Section.Doubtful("document", "two versions of one id cite different documents", "check the citation");
        }
    }

    private static void Groups(IReadOnlyList<ReadEntry> entries)
    {
        foreach (var members in entries.Where(e => e.Policy.Terms?.Group is not null).GroupBy(e => e.Policy.Terms!.Group!.Id))
        {
            var first = members.First();
            if (members.Select(m => m.Policy.Id).Distinct().Count() == 1)
                first.Section.Wrong(
                    "terms",
                    $"group '{members.Key}' has one member only",
                    "write the same group at the awards it excludes, or remove it"
                );
            foreach (var member in members.Where(m => m.Policy.Terms!.Group!.Span != first.Policy.Terms!.Group!.Span))
                member.Section.Wrong(
                    "terms",
                    $"group '{members.Key}' has another span here than at {first.Policy.Id}",
                    "give all members the same span"
                );
            foreach (
                var same in members.GroupBy(m => m.Policy.Terms!.Group!.Order).Where(g => g.Select(m => m.Policy.Id).Distinct().Count() > 1)
            )
                same.Last()
                    .Section.Wrong(
                        "terms",
                        $"group '{members.Key}' has order {same.Key} twice",
                        "number the members differently; the lowest stands for equal amounts"
                    );
        }
    }

    private static void Duplicates(IReadOnlyList<ReadEntry> entries)
    {
        foreach (var entry in entries.Where(e => e.Policy.DuplicateOf is not null))
        {
            if (entry.Policy.DuplicateOf == entry.Policy.Id)
                entry.Section.Wrong("duplicate-of", "it prints itself again", "name the other entry");
            else if (entries.All(e => e.Policy.Id != entry.Policy.DuplicateOf))
                entry.Section.Wrong(
                    "duplicate-of",
                    $"there is no entry '{entry.Policy.DuplicateOf}'",
                    "write the id of the entry that is printed again"
                );
        }
    }
}
