using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Matching;

/// <summary>
/// Pools that share a watermark, because an exclusivity group joins awards that charge them, with their entries and sources.
/// </summary>
/// <param name="Id">The pool of the set that sorts first.</param>
/// <param name="Pools">Ids of the pools.</param>
/// <param name="Policies">Ids of the entries that charge them.</param>
/// <param name="Sources">Every source whose facts these entries read.</param>
public sealed record PoolSet(string Id, IReadOnlyList<string> Pools, IReadOnlySet<string> Policies, IReadOnlyList<string> Sources);

/// <summary>Finds the sets of a catalogue.</summary>
public static class PoolSets
{
    /// <summary>All sets, in the order of their ids. Pools without an entry have none.</summary>
    public static IReadOnlyList<PoolSet> Of(Catalogue catalogue)
    {
        var terms = catalogue.Policies.Where(p => p.Terms is not null).ToList();
        var root = terms.Select(p => p.Terms!.Pool).Distinct().ToDictionary(p => p, p => p, StringComparer.Ordinal);
        foreach (var group in terms.Where(p => p.Terms!.Group is not null).GroupBy(p => p.Terms!.Group!.Id))
        {
            foreach (var policy in group)
                Join(root, group.First().Terms!.Pool, policy.Terms!.Pool);
        }

        foreach (var versions in terms.GroupBy(p => p.Id))
        {
            foreach (var version in versions)
                Join(root, versions.First().Terms!.Pool, version.Terms!.Pool);
        }

        return
        [
            .. root
                .Keys.GroupBy(p => Root(root, p))
                .Select(g => SetOf(catalogue, terms, [.. g.Order(StringComparer.Ordinal)]))
                .OrderBy(s => s.Id, StringComparer.Ordinal),
        ];
    }

    private static PoolSet SetOf(Catalogue catalogue, List<Policy> terms, IReadOnlyList<string> pools)
    {
        var members = terms.Where(p => pools.Contains(p.Terms!.Pool)).ToList();
        var sources = members
            .SelectMany(p => TermsWalk.KindsOf(p.Terms!))
            .Select(k => catalogue.Facts.Find(k)!.Agency)
            .Concat(pools.SelectMany(p => catalogue.Pool(p).Sources));
        return new PoolSet(
            pools[0],
            pools,
            members.Select(p => p.Id).ToHashSet(StringComparer.Ordinal),
            [.. sources.Distinct().Order(StringComparer.Ordinal)]
        );
    }

    private static string Root(Dictionary<string, string> root, string pool) => root[pool] == pool ? pool : Root(root, root[pool]);

    private static void Join(Dictionary<string, string> root, string a, string b)
    {
        var (first, second) = (Root(root, a), Root(root, b));
        if (string.CompareOrdinal(first, second) < 0)
            root[second] = first;
        else
            root[first] = second;
    }
}
