using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Local.Sandbox;
using Baotou.Payouts.Local.Sandbox.World;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Exchange.Tests.Sandbox;

/// <summary>What tests of the sandbox have in common: the dictionary of the list, and whole walks through the real client.</summary>
internal static class Walks
{
    public static readonly FactDictionary Facts = CatalogueLoader.LoadEmbedded().Required().Facts;

    public static SandboxWorld World(long seed = 7, int enterprises = 120) => SandboxWorld.Generate(seed, enterprises, Facts);

    public static ServiceProvider Client(SandboxExchange exchange) =>
        new ServiceCollection().AddExchange(exchange.Options).BuildServiceProvider();

    /// <summary>Walks one dataset from a cursor to its end.</summary>
    public static async Task<(List<DeliveredRecord> Records, List<UnreadableRecord> Unreadable, string Cursor, AgencyPage Last)> WalkAsync(
        IAgency agency,
        int size,
        string cursor = ""
    )
    {
        List<DeliveredRecord> records = [];
        List<UnreadableRecord> unreadable = [];
        while (true)
        {
            var page = await agency.ReadPageAsync(cursor, size, default);
            records.AddRange(page.Records);
            unreadable.AddRange(page.Unreadable);
            cursor = page.Cursor;
            if (page.IsLast)
                return (records, unreadable, cursor, page);
        }
    }

    /// <summary>Everything all agencies tell over all ticks, as distinct texts in order.</summary>
    public static async Task<string[]> EverythingAsync(SandboxExchange exchange, ServiceProvider client, int size)
    {
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var cursors = new Dictionary<string, string>();
        do
        {
            foreach (var agency in client.GetServices<IAgency>())
            {
                var walk = await WalkAsync(
                    agency,
                    size,
                    agency.Kind == WalkKind.Cursor ? cursors.GetValueOrDefault(agency.Source, "") : ""
                );
                cursors[agency.Source] = walk.Cursor;
                foreach (var record in walk.Records)
                    told.Add(TextOf(record));
                foreach (var record in walk.Unreadable)
                    told.Add(agency.Source + record.Text);
                Assert.Equal(exchange.AsOf, walk.Last.AsOf);
                if (agency.Kind == WalkKind.Snapshot)
                    Assert.Equal(
                        walk.Last.AnnouncedCount,
                        walk.Records.Select(TextOf).Distinct().Count() + walk.Unreadable.Select(u => u.Text).Distinct().Count()
                    );
            }
        } while (exchange.Advance());

        return [.. told];
    }

    private static string TextOf(DeliveredRecord r) =>
        string.Join(
            '|',
            r.Source,
            r.Uscc,
            r.Kind,
            r.Period,
            r.EffectiveOn,
            r.RecordedAt,
            r.RecordId,
            r.Batch,
            r.Withdrawn,
            string.Join(',', r.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
        );
}
