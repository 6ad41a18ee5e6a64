using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Testing.City;
using Xunit.Abstractions;

namespace Baotou.Payouts.Exchange.Tests.Walking;

/// <summary>
/// A walk through the real client and its retries, time-outs and breaker, worked off by the local host's pump: each answer in turn goes
/// wrong in each way, once, so that the client asks again, and so often that the client gives up and the message comes back. The facts are
/// those of the undisturbed walk.
/// </summary>
public sealed class When_an_answer_of_a_walk_goes_wrong(ITestOutputHelper output)
{
    private const int Buckets = 2;
    private const int Lanes = 16;

    // Of production, only without the waiting: what is silent or says "in an hour" costs these.
    private static readonly ExchangeResilience Impatient = StubAgency.Fast with
    {
        AttemptTimeout = TimeSpan.FromMilliseconds(500),
        TotalTimeout = TimeSpan.FromMilliseconds(1_500),
        MaxRetries = 2,
    };

    [Theory]
    [InlineData(WalkKind.Cursor)]
    [InlineData(WalkKind.Snapshot)]
    public async Task Any_one_in_any_way_the_same_facts_are_stored(WalkKind kind)
    {
        var watch = Stopwatch.StartNew();
        var undisturbed = await WalkAsync(kind, new FaultyPages(kind), StubAgency.Fast);
        Assert.Equal(
            (FaultyPages.Pages, FaultyPages.Records - FaultyPages.Bad, FaultyPages.Bad),
            (undisturbed.Requests, undisturbed.Facts.Count, undisturbed.Quarantined.Count)
        );

        var points =
            from answer in Enumerable.Range(1, FaultyPages.Pages)
            from wrong in Enum.GetValues<Wrong>()
            from running in new[] { 1, Impatient.MaxRetries + 1 }
            where wrong != Wrong.Nothing && (wrong != Wrong.PageBefore || (answer > 1 && running == 1))
            select (answer, wrong, running);
        var (tried, askedAgain) = (0, 0);
        await Parallel.ForEachAsync(
            points,
            new ParallelOptions { MaxDegreeOfParallelism = Lanes },
            async (point, _) =>
            {
                var walk = await WalkAsync(kind, new FaultyPages(kind, point.wrong, point.answer, point.running), Impatient);
                Assert.True(walk.Facts.SequenceEqual(undisturbed.Facts), $"{point}: other facts");
                Assert.True(walk.Quarantined.SequenceEqual(undisturbed.Quarantined), $"{point}: other records in quarantine");
                Assert.True(walk.Requests >= FaultyPages.Pages, $"{point}: {walk.Requests} requests");
                Interlocked.Increment(ref tried);
                Interlocked.Add(ref askedAgain, walk.Requests - FaultyPages.Pages);
            }
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kind}: {tried} walks of {FaultyPages.Pages} answers, {askedAgain} asked for again, 0 facts lost or changed, {watch.Elapsed.TotalSeconds:F0} s"
            )
        );
    }

    private static async Task<Walk> WalkAsync(WalkKind kind, FaultyPages pages, ExchangeResilience resilience)
    {
        await using var agency = await StubAgency.StartAsync(pages.AnswerAsync);
        await using var engine = LocalEngine.StartInMemory(
            new LocalEngineOptions
            {
                Catalogue = TinyList.Catalogue(),
                Engine = new EngineOptions { Buckets = Buckets, PageSize = FaultyPages.PageSize },
                Exchange = agency.Options(kind, resilience) with { Treasury = agency.Options(treasury: true).Treasury },
                Pump = new PumpOptions { Workers = 1, Rest = TimeSpan.Zero },
                Cipher = new AccountCipher(RandomNumberGenerator.GetBytes(AccountCipher.KeyBytes)),
            }
        );
        await engine.Get<IWorkQueue>().SendAsync(QueueNames.Pull, WorkMessages.Write(new PullMessage("tax", 1)), TimeSpan.Zero, default);
        await engine.Get<Pump>().DrainAsync(default);

        var (standing, _) = await engine.Get<ISourceLog>().ReadAsync("tax", default);
        Assert.Equal((0, 1, FaultyPages.AsOf), (engine.Get<Pump>().Parked, standing.Walks, standing.CompleteThrough));
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var log = engine.Get<IFactLog>();
            await foreach (var stored in log.ReadAsync(bucket, 0, await log.CountAsync(bucket, default), default))
                facts.Add(stored.Fact.Hash.Hex);
        }

        var quarantined = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var kept in engine.Get<IQuarantine>().ReadAsync("tax", "", default))
            quarantined.Add($"{kept.Subject.Code} {kept.Subject.Text}");
        return new Walk(facts, quarantined, agency.Requests);
    }

    private sealed record Walk(SortedSet<string> Facts, SortedSet<string> Quarantined, int Requests);
}
