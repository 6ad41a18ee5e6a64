using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Local.Hosting;

namespace Baotou.Payouts.Local.Demo;

/// <summary>A pool-year as the summary shows it; money in fen.</summary>
public sealed record PoolLine(PoolYear Pool, PoolHead Head, long Payouts, long Waiting);

/// <summary>A source as the summary shows it.</summary>
/// <param name="Source">The dataset.</param>
/// <param name="Facts">Different facts stored; for the treasury, enterprises with a payee account.</param>
/// <param name="Quarantined">Bad records by reason code.</param>
public sealed record SourceLine(string Source, long Facts, IReadOnlyDictionary<string, int> Quarantined);

/// <summary>Everything that the storage shows after a run. Nothing in it depends on how the run went.</summary>
/// <param name="AsOf">The business day.</param>
/// <param name="Enterprises">Enterprises with at least one fact.</param>
/// <param name="Facts">Different facts.</param>
/// <param name="Quarantined">Bad records kept.</param>
/// <param name="Decisions">Decisions on all entries as of the business day.</param>
/// <param name="Entitled">Those that say yes.</param>
/// <param name="Payouts">All payout records in the order of their ids.</param>
/// <param name="Pools">The pool-years.</param>
/// <param name="Edges">Of those that ran dry, where.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Holds">What stands still in matching, by reason code.</param>
/// <param name="PayoutsSha256">Hash over all payout records.</param>
public sealed record DemoReport(
    DateOnly AsOf,
    int Enterprises,
    long Facts,
    long Quarantined,
    long Decisions,
    long Entitled,
    IReadOnlyList<Payout> Payouts,
    IReadOnlyList<PoolLine> Pools,
    IReadOnlyList<PoolEdge> Edges,
    IReadOnlyList<SourceLine> Sources,
    IReadOnlyDictionary<string, int> Holds,
    string PayoutsSha256
)
{
    /// <summary>The sum of all payouts, both shares.</summary>
    public Fen PayoutFen => Payouts.Aggregate(Fen.Zero, (sum, p) => sum + p.City + p.County);

    /// <summary>Claims that wait in all pools.</summary>
    public long Waiting => Pools.Sum(p => p.Waiting);

    /// <summary>Reads the storage of an engine.</summary>
    public static async Task<DemoReport> ReadAsync(LocalEngine engine, DateOnly asOf, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(engine, cancellationToken);
        var decider = engine.Get<Decider>();
        long decisions = 0,
            entitled = 0;
        foreach (var enterprise in facts.GroupBy(f => f.Uscc))
        {
            var decided = decider.Decide(enterprise, asOf);
            decisions += decided.Count;
            entitled += decided.Count(d => d.Outcome == Outcome.Entitled);
        }

        var payouts = await PayoutsAsync(engine, cancellationToken);
        var sources = await SourcesAsync(engine, facts, cancellationToken);
        return new DemoReport(
            asOf,
            facts.Select(f => f.Uscc).Distinct().Count(),
            facts.Count,
            sources.Sum(s => (long)s.Quarantined.Values.Sum()),
            decisions,
            entitled,
            payouts,
            await PoolsAsync(engine, payouts, cancellationToken),
            await EdgesAsync(engine, cancellationToken),
            sources,
            await HoldsAsync(engine, cancellationToken),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', payouts.Select(CanonicalJson.Write)))))
        );
    }

    private static async Task<List<Fact>> FactsAsync(LocalEngine engine, CancellationToken cancellationToken)
    {
        var log = engine.Get<IFactLog>();
        var facts = new Dictionary<ContentHash, Fact>();
        for (var bucket = 0; bucket < engine.Get<EngineOptions>().Buckets; bucket++)
        {
            await foreach (var stored in log.ReadAsync(bucket, 0, await log.CountAsync(bucket, cancellationToken), cancellationToken))
                facts.TryAdd(stored.Fact.Hash, stored.Fact);
        }

        return [.. facts.Values];
    }

    private static async Task<List<Payout>> PayoutsAsync(LocalEngine engine, CancellationToken cancellationToken)
    {
        var payouts = new List<Payout>();
        for (var bucket = 0; bucket < engine.Get<EngineOptions>().Buckets; bucket++)
        {
            await foreach (var stored in engine.Get<IPayoutStore>().ReadBucketAsync(bucket, cancellationToken))
                payouts.Add(stored.Payout);
        }

        return payouts;
    }

    private static async Task<List<PoolLine>> PoolsAsync(LocalEngine engine, List<Payout> payouts, CancellationToken cancellationToken)
    {
        var log = engine.Get<IPoolLog>();
        var byPool = payouts.CountBy(p => p.Pool).ToDictionary();
        var lines = new List<PoolLine>();
        foreach (var pool in await log.ListAsync(cancellationToken))
        {
            var head = (await log.ReadHeadAsync(pool, cancellationToken)).Head;
            var book = await PoolBook.LoadAsync(pool, head.CursorRound, log, engine.Get<IClaimStore>(), cancellationToken);
            lines.Add(new PoolLine(pool, head, byPool.GetValueOrDefault(pool), book.WaitingFrom(head)));
        }

        return lines;
    }

    private static async Task<List<PoolEdge>> EdgesAsync(LocalEngine engine, CancellationToken cancellationToken)
    {
        var edges = new List<PoolEdge>();
        foreach (var pool in await engine.Get<IPoolLog>().ListAsync(cancellationToken))
        {
            if (await PoolEdge.ReadAsync(engine, pool, cancellationToken) is { } edge)
                edges.Add(edge);
        }

        return edges;
    }

    private static async Task<int> AccountsAsync(LocalEngine engine, CancellationToken cancellationToken)
    {
        var accounts = 0;
        for (var bucket = 0; bucket < engine.Get<EngineOptions>().Buckets; bucket++)
            accounts += (await engine.Get<IAccountStore>().ReadAsync(bucket, cancellationToken)).Count;
        return accounts;
    }

    private static async Task<List<SourceLine>> SourcesAsync(LocalEngine engine, List<Fact> facts, CancellationToken cancellationToken)
    {
        var bySource = facts.CountBy(f => f.Source).ToDictionary();
        var lines = new List<SourceLine>();
        foreach (var source in engine.Get<WalkSource>().Sources.Append(WalkAccounts.Source))
        {
            var quarantined = new SortedDictionary<string, int>(StringComparer.Ordinal);
            await foreach (var record in engine.Get<IQuarantine>().ReadAsync(source, "", cancellationToken))
                quarantined[record.Subject.Code] = quarantined.GetValueOrDefault(record.Subject.Code) + 1;
            var stored =
                source == WalkAccounts.Source ? await AccountsAsync(engine, cancellationToken) : bySource.GetValueOrDefault(source);
            lines.Add(new SourceLine(source, stored, quarantined));
        }

        return lines;
    }

    private static async Task<SortedDictionary<string, int>> HoldsAsync(LocalEngine engine, CancellationToken cancellationToken)
    {
        var holds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var bucket = 0; bucket < engine.Get<EngineOptions>().Buckets; bucket++)
        {
            foreach (var hold in await engine.Get<IClaimStore>().HoldsAsync(bucket, cancellationToken))
                holds[hold.Code] = holds.GetValueOrDefault(hold.Code) + 1;
        }

        return holds;
    }
}
