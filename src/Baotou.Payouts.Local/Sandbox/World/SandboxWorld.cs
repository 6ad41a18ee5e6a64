using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// A city that does not exist: enterprises and everything its agencies hold about them, the same for the same seed, number of enterprises
/// and dictionary on every machine. 2,000 enterprises give about 15,000 facts.
/// </summary>
public sealed class SandboxWorld
{
    /// <summary>Id of the treasury's dataset of accounts.</summary>
    public const string Treasury = "treasury";

    /// <summary>
    /// The eight datasets of facts that have a story of their own, and how each is walked; any other agency of the dictionary is walked by
    /// cursor.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, WalkKind> Datasets = new Dictionary<string, WalkKind>
    {
        ["tax"] = WalkKind.Cursor,
        ["science"] = WalkKind.Cursor,
        ["industry"] = WalkKind.Cursor,
        ["culture"] = WalkKind.Cursor,
        ["human-resources"] = WalkKind.Cursor,
        ["finance-office"] = WalkKind.Cursor,
        ["market"] = WalkKind.Snapshot,
        ["agriculture"] = WalkKind.Snapshot,
    };

    private SandboxWorld(
        long seed,
        IReadOnlyList<SandboxEnterprise> enterprises,
        IReadOnlyList<SandboxRecord> records,
        IReadOnlyList<SandboxRecord> accounts
    )
    {
        Seed = seed;
        Enterprises = enterprises;
        Records = records;
        Accounts = accounts;
    }

    /// <summary>The seed it came from.</summary>
    public long Seed { get; }

    /// <summary>The enterprises by number.</summary>
    public IReadOnlyList<SandboxEnterprise> Enterprises { get; }

    /// <summary>
    /// Every record of every dataset of facts, broken ones included, in the order in which they are told: tick, moment, number.
    /// </summary>
    public IReadOnlyList<SandboxRecord> Records { get; }

    /// <summary>The treasury's records in the same order.</summary>
    public IReadOnlyList<SandboxRecord> Accounts { get; }

    /// <summary>The kinds of facts that are told of on purpose; values of the others are drawn blindly and seldom fit an entry.</summary>
    public required IReadOnlySet<string> KindsWithAStory { get; init; }

    /// <summary>SHA-256 over all of it, in hexadecimal digits: two worlds with the same hash are the same.</summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var record in Records.Concat(Accounts))
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    FormattableString.Invariant($"{record.Source}\n{record.Tick}\n{record.RecordedAt:O}\n{record.Json}\n")
                )
            );
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Makes a world.</summary>
    /// <param name="seed">Any number; another seed is another city.</param>
    /// <param name="enterprises">How many enterprises, 1 to 1,000,000.</param>
    /// <param name="facts">The facts dictionary; every kind of it occurs.</param>
    public static SandboxWorld Generate(long seed, int enterprises, FactDictionary facts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(enterprises, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(enterprises, 1_000_000);
        SandboxEnterprise[] all = [.. Enumerable.Range(0, enterprises).Select(number => SandboxEnterprise.Generate(seed, number))];
        var world = new WorldBuilder(seed, facts);
        foreach (var enterprise in all)
        {
            MarketStory.Tell(world, enterprise, For("market"));
            IndustryStory.Tell(world, enterprise, For("industry"));
            TaxStory.Tell(world, enterprise, For("tax"));
            ScienceStory.Tell(world, enterprise, For("science"));
            CultureStory.Tell(world, enterprise, For("culture"));
            EmploymentStory.Tell(world, enterprise, For("human-resources"));
            ListingStory.Tell(world, enterprise, For("finance-office"));
            AgricultureStory.Tell(world, enterprise, For("agriculture"));

            SplitMix64 For(string agency) => SplitMix64.For(seed, agency, enterprise.Number);
        }

        var told = world.KindsSeen.ToHashSet(StringComparer.Ordinal);
        foreach (var kind in facts.Kinds.Where(k => !world.KindsSeen.Contains(k.Id)).ToList())
            OpenStory.Tell(world, kind, all, seed);
        var broken = BrokenRecords.Of(world.Records, all, facts, seed);
        return new SandboxWorld(seed, all, Ordered(world.Records.Concat(broken)), Ordered(SandboxAccounts.Of(all, seed)))
        {
            KindsWithAStory = told,
        };
    }

    private static SandboxRecord[] Ordered(IEnumerable<SandboxRecord> records) =>
        [
            .. records
                .OrderBy(r => r.Tick)
                .ThenBy(r => r.RecordedAt)
                .ThenBy(r => r.Source, StringComparer.Ordinal)
                .ThenBy(r => r.RecordId, StringComparer.Ordinal),
        ];
}
