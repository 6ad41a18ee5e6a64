using System.Globalization;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.AzureStorage;

/// <summary>
/// Every table and every key format. Numbers are padded so that texts sort as they do; <c>!</c> separates parts, because it sorts before
/// every character a part may hold; other characters are escaped by <see cref="OrderKey.Escape"/>.
/// </summary>
public static class StorageKeys
{
    /// <summary>Fact logs: partition bucket; <c>head</c>, <c>f{seq}</c>.</summary>
    public const string Facts = "facts";

    /// <summary>Standings of sources, and snapshot indexes by source and content.</summary>
    public const string Sources = "sources";

    /// <summary>Bad records: partition source, row id; acts on them behind each.</summary>
    public const string Quarantine = "quarantine";

    /// <summary>Payee accounts: partition bucket.</summary>
    public const string Accounts = "accounts";

    /// <summary>Rounds, freezes and done marks.</summary>
    public const string Rounds = "rounds";

    /// <summary>Entitlements, granted supplements, supplements in line and taken keys, each in partitions by bucket.</summary>
    public const string Entitlements = "entitlements";

    /// <summary>Claims by pool-year and round, reductions by round and bucket.</summary>
    public const string Claims = "claims";

    /// <summary>Holds of matching: partition bucket.</summary>
    public const string Holds = "holds";

    /// <summary>Input logs of pool-years: <c>tail</c>, <c>i{n}</c>, <c>k{inputId}</c>; and the list of pool-years.</summary>
    public const string PoolLog = "poollog";

    /// <summary>Heads and chain entries by pool-year and segment. A table of its own, small, because every grant waits for it.</summary>
    public const string PoolChain = "poolchain";

    /// <summary>Payout rows with their transitions and the objections against them: partition bucket; and projection offsets.</summary>
    public const string Payouts = "payouts";

    /// <summary>Acts of officers; elections of enterprises and acts on the stop switches in partitions of their own.</summary>
    public const string Acts = "acts";

    /// <summary>What was asked for and decided by two persons.</summary>
    public const string Approvals = "approvals";

    /// <summary>Runs that persons started, the differences they showed by hash, and what became of each line.</summary>
    public const string Runs = "runs";

    /// <summary>
    /// Who did what and why: partition day and bucket of subjects; <c>head</c>, <c>a{n}</c>; and the list of those partitions.
    /// </summary>
    public const string Audit = "audit";

    /// <summary>Lists that rounds were opened with, and every version of their entries, by hash.</summary>
    public const string Lists = "lists";

    /// <summary>Parked messages: partition queue, row id; acts on them behind each.</summary>
    public const string Parked = "parked";

    /// <summary>All tables.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        Facts,
        Sources,
        Quarantine,
        Accounts,
        Rounds,
        Entitlements,
        Claims,
        Holds,
        PoolLog,
        PoolChain,
        Payouts,
        Acts,
        Approvals,
        Runs,
        Audit,
        Lists,
        Parked,
    ];

    /// <summary>Entries of a segment of a chain: small enough that a partition stays quick, large enough that heads are few.</summary>
    public const int EntriesPerSegment = 990;

    /// <summary>
    /// Whether the rows of a partition are counted in a census. Left out are those that a chain, a log or an announced hash covers, and
    /// those that many workers write at once.
    /// </summary>
    public static bool HasCensus(string table, string partition) =>
        table switch
        {
            Facts or PoolChain => false,
            Payouts => true,
            PoolLog => partition == PoolYears,
            Claims => partition.StartsWith("limits!", StringComparison.Ordinal),
            Rounds => !partition.StartsWith("done!", StringComparison.Ordinal),
            Audit => partition == AuditPlaces,
            _ => true,
        };

    /// <summary>
    /// Whether a row of such a partition is counted: of a bucket's payouts only the objections, since versions and chain cover the payouts.
    /// </summary>
    public static bool IsCounted(string table, string partition, string rowKey) =>
        HasCensus(table, partition) && (table != Payouts || partition == Offsets || rowKey.StartsWith('u'));

    internal const string Head = "head";
    internal const string Tail = "tail";
    internal const string SourceStandings = "sources";
    internal const string RoundStanding = "standing";
    internal const string PoolYears = "all";
    internal const string Offsets = "offsets";
    internal const string AllActs = "acts";
    internal const string AllElections = "elections";
    internal const string AuditPlaces = "days";
    internal const string AllSwitches = "switches";
    internal const string Restoring = "restoring";
    internal const string AllApprovals = "approvals";
    internal const string AllRuns = "runs";
    internal const string CurrentHolds = "current";
    internal const string ListHeads = "lists";
    internal const string ListEntries = "entries";

    internal static string BucketPartition(int bucket) => Number("b", bucket, 3);

    internal static string FactRow(long seq) => Number("f", seq, 12);

    internal static string SnapshotPartition(string source, ContentHash name) => $"{OrderKey.Escape(source)}!{name.Hex[..32]}";

    internal static string SnapshotRow(int chunk) => Number("s", chunk, 6);

    internal static string AccountRow(Uscc uscc, DateTimeOffset recordedAt, string recordId) =>
        $"{uscc}!{Number("", recordedAt.ToUnixTimeMilliseconds(), 14)}!{OrderKey.Escape(recordId)}";

    internal static string RoundRow(int round) => Number("r", round, 6);

    internal static string FreezePartition(int bucket) => "freeze!" + BucketPartition(bucket);

    internal static string DonePartition(int round) => "done!" + RoundRow(round);

    internal static string EntitlementRow(ClaimKey key) =>
        $"{key.Uscc}!{OrderKey.Escape(key.Policy)}!{OrderKey.Escape(key.Occasion)}!{Number("", key.Number, 3)}";

    internal static (string From, string Below) EntitlementsOf(Uscc uscc) => ($"{uscc}!", $"{uscc}\"");

    internal static string GrantPartition(int bucket) => "granted!" + BucketPartition(bucket);

    internal static string SupplementPartition(int bucket) => "supplement!" + BucketPartition(bucket);

    internal static string TakenPartition(int bucket) => "taken!" + BucketPartition(bucket);

    internal static string TakenRow(Uscc uscc, string policy, string occasion) =>
        $"{uscc}!{OrderKey.Escape(policy)}!{OrderKey.Escape(occasion)}";

    internal static string ClaimsPartition(PoolYear pool, int round) => $"{PoolRow(pool)}!{RoundRow(round)}";

    internal static string LimitsPartition(int round, int bucket) => $"limits!{RoundRow(round)}!{BucketPartition(bucket)}";

    internal static string HoldRow(int round, string uscc, string subject, string code) =>
        $"{RoundRow(round)}!{uscc}!{ContentHash.OfText($"{subject}\n{code}").Hex[..32]}";

    internal static string PoolRow(PoolYear pool) =>
        $"{OrderKey.Escape(pool.Pool)}!{pool.FiscalYear.ToString("D4", CultureInfo.InvariantCulture)}";

    internal static string LogPartition(PoolYear pool) => PoolRow(pool) + "!log";

    internal static string InputRow(long number) => Number("i", number, 12);

    internal static string InputIdRow(string id) => "k" + ContentHash.OfText(id).Hex;

    internal static string SegmentPartition(PoolYear pool, int segment) => $"{PoolRow(pool)}!{Number("", segment, 6)}";

    /// <summary>How the partition of the segment that holds an entry ends.</summary>
    internal static string SegmentOf(long seq) => "!" + Number("", (seq - 1) / EntriesPerSegment, 6);

    internal static string EntryRow(long seq) => Number("e", seq, 12);

    internal static string PayoutRow(string id) => "p" + id;

    internal static string TransitionRow(string id, int version) => $"t{id}!{Number("", version, 6)}";

    internal static string DifferencePartition(ContentHash hash) => "difference!" + hash.Hex;

    internal static string DifferenceRow(int chunk) => Number("d", chunk, 6);

    internal static string RunPartition(string run) => "lines!" + run;

    internal static string DecisionRow(int line) => Number("d", line, 7);

    internal static string OutcomeRow(int line) => Number("o", line, 7);

    internal static string RequestRow(string subject, string key) => HashRow($"{subject}\n{key}");

    internal static string AuditPartition(AuditPlace place) =>
        $"{place.Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}!{BucketPartition(place.Bucket)}";

    internal static string AuditRow(long number) => Number("a", number, 12);

    internal static string SwitchRow(long number) => Number("s", number, 9);

    internal static string ObjectionRow(string payoutId, int number) => $"u{payoutId}!{Number("", number, 4)}";

    internal static string ObjectionDecisionRow(string payoutId, int objection, int number) =>
        $"{ObjectionRow(payoutId, objection)}!{Number("", number, 4)}";

    internal static string CaseActRow(string id, int number) => $"{id}!{Number("", number, 4)}";

    internal static string HashRow(string id) => ContentHash.OfText(id).Hex;

    private static string Number(string prefix, long number, int digits) =>
        prefix + number.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
