using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>What a list holds besides its entries, which have rows of their own.</summary>
internal sealed record KeptList(
    ContentHash Version,
    IReadOnlyList<ContentHash> Entries,
    IReadOnlyList<PoolDefinition> Pools,
    IReadOnlyList<FactKind> Kinds,
    IReadOnlyDictionary<string, Bilingual> Agencies,
    IReadOnlyDictionary<string, Bilingual> Bureaus
);

/// <summary>Lists and the versions of their entries. The list's own row comes last and says that all are there.</summary>
internal sealed class KeptLists(IRowStore rows) : IKeptLists
{
    public async Task KeepAsync(Catalogue list, CancellationToken cancellationToken)
    {
        if (await rows.GetAsync(StorageKeys.Lists, StorageKeys.ListHeads, list.Version.Hex, cancellationToken) is not null)
            return;
        var entries = list.Policies.Where(p => p.Terms is not null).DistinctBy(p => p.Hash).ToList();
        await rows.AddMissingAsync(
            StorageKeys.Lists,
            StorageKeys.ListEntries,
            [.. entries.Select(e => new RowWrite.Add(e.Hash.Hex, RowBody.Write(e)))],
            cancellationToken,
            atATime: 25
        );
        var head = new KeptList(
            list.Version,
            [.. entries.Select(e => e.Hash)],
            list.Pools,
            list.Facts.Kinds,
            list.Facts.Agencies,
            list.Bureaus
        );
        await rows.AddMissingAsync(
            StorageKeys.Lists,
            StorageKeys.ListHeads,
            [new RowWrite.Add(list.Version.Hex, RowBody.Write(head))],
            cancellationToken
        );
    }

    public async Task<Catalogue?> ReadAsync(ContentHash version, CancellationToken cancellationToken)
    {
        if (await rows.GetAsync(StorageKeys.Lists, StorageKeys.ListHeads, version.Hex, cancellationToken) is not { } row)
            return null;
        var head = RowBody.Read<KeptList>(row);
        var entries = new List<Policy>(head.Entries.Count);
        foreach (var hash in head.Entries)
        {
            var entry =
                await rows.GetAsync(StorageKeys.Lists, StorageKeys.ListEntries, hash.Hex, cancellationToken)
                ?? throw new InvalidDataException(
                    $"table {StorageKeys.Lists}, partition '{StorageKeys.ListEntries}', row '{hash.Hex}': this entry of list {version.Hex} is missing"
                );
            entries.Add(RowBody.Read<Policy>(entry));
        }

        return new Catalogue(version, entries, head.Pools, new FactDictionary(head.Kinds) { Agencies = head.Agencies })
        {
            Bureaus = head.Bureaus,
        };
    }
}
