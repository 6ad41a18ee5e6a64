using System.Diagnostics;
using System.Globalization;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Bench;

/// <summary>
/// What deciding and folding take of time and memory, each beside the least that any program has to do with the same data: read the facts,
/// or write an entry and hash it. No storage.
/// </summary>
internal static class Computing
{
    private const int Rounds = 3;
    private const int Claims = 2_000;

    /// <summary>Runs it and prints a line for each way.</summary>
    public static void Run()
    {
        Catalogue catalogue = CatalogueLoader.LoadEmbedded().Required();
        var decider = new Decider(catalogue);
        PolicyCase[] cases = PolicyCases.LoadEmbedded(catalogue) is CasesLoading.Loaded loaded
            ? [.. loaded.Cases.Take(300)]
            : throw new InvalidOperationException("The list's own cases cannot be read.");
        string[] texts = [.. cases.Select(one => CanonicalJson.Write(one.Facts.ToArray()))];
        int decisions = cases.Sum(one => decider.Decide(one.Facts, one.AsOf).Count);
        var line = new Line(Claims);
        PoolEntry[] chain = [.. Fold(line).Skip(3)];

        Console.WriteLine($"{"in memory", -36}{"a second", 12}{"times", 8}{"bytes each", 18}{"times", 18}");
        Measured read = Measure(
            texts.Length,
            () =>
            {
                foreach (string text in texts)
                    CanonicalJson.Read<Fact[]>(text);
            }
        );
        Print("an enterprise's facts, read", read, read);
        Measured decided = Measure(
            cases.Length,
            () =>
            {
                foreach (PolicyCase one in cases)
                    decider.Decide(one.Facts, one.AsOf);
            }
        );
        Print("every entry decided for it", decided, read);
        Print("one of these decisions", decided.Each(decisions / (double)cases.Length), read);
        Measured chained = Measure(
            Claims,
            () =>
            {
                foreach (PoolEntry entry in chain)
                    CanonicalJson.Hash(entry);
            }
        );
        Print("an entry of a chain, hashed", chained, chained);
        Print("a step of the fold", Measure(Claims, () => Fold(line).Count()), chained);
    }

    private static IEnumerable<PoolEntry> Fold(Line line)
    {
        PoolHead head = PoolHead.Fresh;
        while (PoolFold.Next(head, line) is { } step)
        {
            yield return step.Entry;
            head = step.Head;
        }
    }

    /// <summary>
    /// The middle of several rounds, after one that warms up; memory is what the work allocates, whether or not it is freed at once.
    /// </summary>
    private static Measured Measure(int count, Action work)
    {
        var rounds = new List<Measured>();
        for (int round = 0; round <= Rounds; round++)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            work();
            var measured = new Measured(
                count / Stopwatch.GetElapsedTime(start).TotalSeconds,
                (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / count
            );
            if (round > 0)
            {
                rounds.Add(measured);
            }
        }

        return rounds.OrderBy(one => one.Rate).ElementAt(Rounds / 2);
    }

    private static void Print(string name, Measured measured, Measured baseline) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -36}{measured.Rate, 12:F0}{measured.Rate / baseline.Rate, 8:F2}{measured.Bytes, 18:F0}{measured.Bytes / baseline.Bytes, 18:F2}"
            )
        );

    private sealed record Measured(double Rate, double Bytes)
    {
        public Measured Each(double parts) => new(Rate * parts, Bytes / parts);
    }

    /// <summary>A pool-year of one round whose money lasts for every claim.</summary>
    private sealed class Line : IPoolView
    {
        private readonly PoolClaim[] _claims;
        private readonly PoolInput[] _inputs;

        public Line(int claims)
        {
            _claims = [.. Enumerable.Range(0, claims).Select(Claim)];
            _inputs =
            [
                new PoolInput.Open("open", "seed", false, false),
                new PoolInput.Appropriate("appropriate", new Fen(claims * 500_000L), "no. 1"),
                new PoolInput.RoundClosed("round:1", 1, claims, PoolClaim.HashOf(_claims)),
            ];
        }

        public PoolInput? Input(long number) => number <= _inputs.Length ? _inputs[number - 1] : null;

        public int? NextRound(int after, long done) => after < 1 && done >= _inputs.Length ? 1 : null;

        PoolClaim? IPoolView.Claim(int round, long place) => place < _claims.Length ? _claims[place] : null;

        public Fen? Limit(ClaimKey claim, long done) => null;

        private static PoolClaim Claim(int number)
        {
            string first = string.Create(CultureInfo.InvariantCulture, $"91150200{number:D8}");
            string organisation = first[8..];
            first = first[..8] + organisation + Uscc.OrganisationCheckCharacter(organisation);
            return new PoolClaim(
                new ClaimKey("17-art3-1", "2022", Uscc.Parse(first + Uscc.CheckCharacter(first)), 0),
                new Fen(500_000),
                Fen.Zero,
                string.Create(CultureInfo.InvariantCulture, $"2023-01-05T01:00:00.000Z!{number:D8}"),
                0,
                Fen.Zero,
                ContentHash.OfText("entry"),
                ContentHash.OfText("facts"),
                false
            );
        }
    }
}
