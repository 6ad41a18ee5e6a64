using System.Reflection;
using Baotou.Payouts.Catalogues.Entries;
using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues;

/// <summary>
/// Loads the list: <c>facts.yaml</c>, <c>pools.yaml</c> and every <c>facts/*.yaml</c>, <c>pools/*.yaml</c> and <c>entries/*.yaml</c> of a
/// folder or of this assembly, and <c>overlaps.yaml</c> and <c>calendar.yaml</c> where they are.
/// </summary>
public static class CatalogueLoader
{
    private const string ResourcePrefix = "catalogue/";

    private static readonly Lazy<CatalogueLoading> Embedded = new(() => Load(EmbeddedFiles("entries/")));

    /// <summary>The list that travels inside this assembly. The same build gives the same answer everywhere, so it is read once.</summary>
    public static CatalogueLoading LoadEmbedded() => Embedded.Value;

    /// <summary>The list in a folder.</summary>
    /// <param name="directory">The folder that holds <c>facts.yaml</c>; throws <see cref="DirectoryNotFoundException"/> if it does not
    /// exist.</param>
    public static CatalogueLoading Load(string directory) => Load(FilesBelow(directory, "entries"));

    /// <summary>The facts and pools of a list's folder and the files of one folder below it, by path.</summary>
    internal static IReadOnlyList<CatalogueFile> FilesBelow(string directory, string folder)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"There is no folder '{directory}'.");
        string[] named =
        [
            Path.Combine(directory, "facts.yaml"),
            Path.Combine(directory, "pools.yaml"),
            Path.Combine(directory, OverlapsFile.Path),
            Path.Combine(directory, CalendarFile.Path),
        ];
        string[] below = [Path.Combine(directory, "facts"), Path.Combine(directory, "pools"), Path.Combine(directory, folder)];
        var paths = named.Where(File.Exists).Concat(below.Where(Directory.Exists).SelectMany(d => Directory.GetFiles(d, "*.yaml")));
        return
        [
            .. paths
                .Select(p => new CatalogueFile(Path.GetRelativePath(directory, p).Replace('\\', '/'), File.ReadAllText(p)))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>The embedded facts and pools and the files whose path begins with <paramref name="folder"/>, by path.</summary>
    internal static IReadOnlyList<CatalogueFile> EmbeddedFiles(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal))
                .Select(n => n[ResourcePrefix.Length..].Replace('\\', '/'))
                .Where(p =>
                    IsPart(p, "facts")
                    || IsPart(p, "pools")
                    || p.StartsWith(folder, StringComparison.Ordinal)
                    || (p is OverlapsFile.Path or CalendarFile.Path && folder == "entries/")
                )
                .Order(StringComparer.Ordinal)
                .Select(p => new CatalogueFile(p, ReadResource(assembly, p))),
        ];
    }

    internal static CatalogueLoading Load(IReadOnlyList<CatalogueFile> files)
    {
        var problems = new Problems();
        var factsRoots = ReadParts(files, "facts", problems);
        var poolsRoots = ReadParts(files, "pools", problems);
        if (problems.Any)
            return new CatalogueLoading.Refused(problems.Errors);

        var facts = FactsFile.Read(factsRoots, problems);
        var (bureaus, pools) = PoolsFile.Read(poolsRoots, facts.Agencies.Keys, problems);
        if (problems.Any)
            return new CatalogueLoading.Refused(problems.Errors);

        var entries = ReadEntries(files, new ListContext(facts, [.. bureaus.Keys], pools), problems);
        ListChecks.Run(entries, problems);
        var overlaps = OverlapsFile.Read(files, [.. entries.Select(e => e.Policy.Id).Distinct()], problems);
        var calendar = CalendarFile.Read(files, problems);
        if (problems.Any)
            return new CatalogueLoading.Refused(problems.Errors);

        Policy[] policies =
        [
            .. entries.Select(e => e.Policy).GroupBy(p => p.Id).SelectMany(g => g.OrderBy(p => p.Validity.From ?? DateOnly.MinValue)),
        ];
        return new CatalogueLoading.Loaded(
            new Catalogue(Version([.. factsRoots.Concat(poolsRoots).Select(r => r.Root)], policies), policies, pools, facts)
            {
                Bureaus = bureaus,
                Overlaps = overlaps,
                Calendar = calendar,
            },
            problems.Warnings
        );
    }

    private static List<ReadEntry> ReadEntries(IReadOnlyList<CatalogueFile> files, ListContext context, Problems problems)
    {
        var entries = new List<ReadEntry>();
        foreach (var file in files.Where(f => f.Path.StartsWith("entries/", StringComparison.Ordinal)))
        {
            if (YamlFile.Read(file, problems) is { } root)
                entries.AddRange(EntriesFile.Read(root, file.Path, context, problems));
        }

        return entries;
    }

    /// <summary>Over the content alone: how entries are spread over files changes nothing.</summary>
    private static ContentHash Version(IReadOnlyList<YamlValue> factsAndPools, IEnumerable<Policy> policies) =>
        ContentHash.Of(json =>
        {
            json.WriteStartArray();
            foreach (var root in factsAndPools)
                root.WriteCanonical(json);
            foreach (var policy in policies.OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.Validity.From))
                json.WriteStringValue(policy.Hash.Hex);
            json.WriteEndArray();
        });

    /// <summary>The named file, which must be there, and those of the folder of its name, by path.</summary>
    private static List<(YamlValue.Mapping Root, string Path)> ReadParts(IReadOnlyList<CatalogueFile> files, string name, Problems problems)
    {
        var roots = new List<(YamlValue.Mapping, string)>();
        foreach (
            var file in files
                .Where(f => IsPart(f.Path, name))
                .OrderBy(f => f.Path != name + ".yaml")
                .ThenBy(f => f.Path, StringComparer.Ordinal)
        )
        {
            if (YamlFile.Read(file, problems) is { } root)
                roots.Add((root, file.Path));
        }

        if (files.All(f => f.Path != name + ".yaml"))
            problems.Add(name + ".yaml", 1, "", "the file is missing", "put it into the list's folder");
        return roots;
    }

    private static bool IsPart(string path, string name) => path == name + ".yaml" || path.StartsWith(name + "/", StringComparison.Ordinal);

    private static string ReadResource(Assembly assembly, string path)
    {
        var name = assembly
            .GetManifestResourceNames()
            .Single(n => n[ResourcePrefix.Length..].Replace('\\', '/') == path && n.StartsWith(ResourcePrefix, StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
