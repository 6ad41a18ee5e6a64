using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.AzureStorage.Stores;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.AzureStorage.Verifying;

/// <summary>Every kind of row there is. What fits none of them does not belong into the store.</summary>
internal static class RowKinds
{
    private const string Bucketed = "b[0-9]{3}";
    private const string Any = ".+";
    private const string Digest = "[0-9a-f]{64}";
    private const string Pool = "[^!]+![0-9]{4}";

    /// <summary>All kinds of a store with so many buckets.</summary>
    public static IReadOnlyList<RowKind> Of(int buckets)
    {
        string At(Domain.Enterprises.Uscc uscc) => StorageKeys.BucketPartition(Bucket.Of(uscc, buckets));
        return
        [
            .. StorageKeys.Tables.Select(t =>
                RowKind.Plain(
                    "census",
                    t,
                    Any,
                    Census.RowKey,
                    [("rows", typeof(long)), ("sum", typeof(string))],
                    (p, _) => StorageKeys.HasCensus(t, p) ? null : "is no row of a partition that is counted"
                )
            ),
            RowKind.Plain("fact log", StorageKeys.Facts, Bucketed, StorageKeys.Head, [("n", typeof(long)), ("hash", typeof(string))]),
            RowKind.Of<Fact>("fact", StorageKeys.Facts, Bucketed, "f[0-9]{12}", f => (At(f.Uscc), null)),
            RowKind
                .Of<SourceStanding>("source", StorageKeys.Sources, StorageKeys.SourceStandings, Any, s => (null, s.Source))
                .MayHave(SourceLog.TraceColumn, "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"),
            RowKind.Plain("snapshot", StorageKeys.Sources, "[^!]+![0-9a-f]{32}", StorageKeys.Head, [("rows", typeof(long))]),
            RowKind.Of<List<SnapshotLine>>("snapshot lines", StorageKeys.Sources, "[^!]+![0-9a-f]{32}", "s[0-9]{6}", _ => (null, null)),
            RowKind.Of<Quarantined>("quarantined record", StorageKeys.Quarantine, Any, "[0-9a-f]{32}", q => (q.Source, q.Id)),
            RowKind.Of<CaseAct>(
                "act on a quarantined record",
                StorageKeys.Quarantine,
                Any,
                "[0-9a-f]{32}![0-9]{4}",
                a => (a.Place, StorageKeys.CaseActRow(a.Case, a.Number))
            ),
            RowKind.Of<StoredAccount>(
                "payee account",
                StorageKeys.Accounts,
                Bucketed,
                Any,
                a => (At(a.Uscc), StorageKeys.AccountRow(a.Uscc, a.RecordedAt, a.RecordId))
            ),
            RowKind
                .Plain(
                    "standing of the rounds",
                    StorageKeys.Rounds,
                    StorageKeys.RoundStanding,
                    StorageKeys.Head,
                    [("closed", typeof(long)), ("open", typeof(long))]
                )
                .MayHave(RoundLog.OpenedColumn, Digest),
            RowKind.Of<Round>(
                "round",
                StorageKeys.Rounds,
                StorageKeys.RoundStanding,
                "r[0-9]{6}",
                r => (null, StorageKeys.RoundRow(r.Number))
            ),
            RowKind.Plain("freeze", StorageKeys.Rounds, "freeze!" + Bucketed, "r[0-9]{6}", [("upTo", typeof(long))]),
            RowKind.Plain(
                "matched bucket",
                StorageKeys.Rounds,
                "done!r[0-9]{6}",
                Bucketed,
                [("done", typeof(bool))],
                (_, row) => row.Columns.Flag("done") ? null : "says that the bucket is not done; such a row says that it is"
            ),
            RowKind.Of<Entitlement>(
                "entitlement",
                StorageKeys.Entitlements,
                Bucketed,
                Any,
                e => (At(e.Claim.Key.Uscc), StorageKeys.EntitlementRow(e.Claim.Key))
            ),
            RowKind.Of<TakenKey>(
                "taken key",
                StorageKeys.Entitlements,
                "taken!" + Bucketed,
                Any,
                t => ("taken!" + At(t.Uscc), StorageKeys.TakenRow(t.Uscc, t.Policy, t.Occasion))
            ),
            RowKind.Of<SupplementGrant>(
                "agreed supplement",
                StorageKeys.Entitlements,
                "granted!" + Bucketed,
                Any,
                g => ("granted!" + At(g.Claim.Uscc), StorageKeys.EntitlementRow(g.Claim))
            ),
            RowKind.Of<Entitlement>(
                "supplement",
                StorageKeys.Entitlements,
                "supplement!" + Bucketed,
                Any,
                e => ("supplement!" + At(e.Claim.Key.Uscc), StorageKeys.EntitlementRow(e.Claim.Key))
            ),
            RowKind.Of<RoundLimit>(
                "reduction",
                StorageKeys.Claims,
                "limits!r[0-9]{6}!" + Bucketed,
                Digest,
                l => (null, StorageKeys.HashRow($"{l.Pool}\n{l.Input.Id}")),
                null,
                (l, p, _) =>
                    p.EndsWith("!" + At(l.Input.Claim.Uscc), StringComparison.Ordinal) ? null : "stands in the bucket of another enterprise"
            ),
            RowKind.Of<PoolClaim>("claim", StorageKeys.Claims, Pool + "!r[0-9]{6}", Any, c => (null, c.OrderKey)),
            RowKind.Plain("holds of a bucket", StorageKeys.Holds, Bucketed, StorageKeys.CurrentHolds, [("round", typeof(long))]),
            RowKind.Of<MatchHold>(
                "hold",
                StorageKeys.Holds,
                Bucketed,
                "r[0-9]{6}!.+",
                h => (At(h.Uscc), StorageKeys.HoldRow(h.Round, h.Uscc.Value, h.Subject, h.Code))
            ),
            RowKind.Of<PoolYear>("pool-year", StorageKeys.PoolLog, StorageKeys.PoolYears, Pool, p => (null, StorageKeys.PoolRow(p))),
            RowKind.Plain("input log", StorageKeys.PoolLog, Pool + "!log", StorageKeys.Tail, [("n", typeof(long))]),
            RowKind.Of<PoolInput>("input", StorageKeys.PoolLog, Pool + "!log", "i[0-9]{12}", _ => (null, null)),
            RowKind.Plain("input id", StorageKeys.PoolLog, Pool + "!log", "k" + Digest, [("n", typeof(long)), ("hash", typeof(string))]),
            RowKind.Of<PoolHead>(
                "head",
                StorageKeys.PoolChain,
                Pool + "![0-9]{6}",
                StorageKeys.Head,
                _ => (null, null),
                [("sealed", typeof(bool))],
                HeadProblem
            ),
            RowKind.Of<PoolEntry>(
                "entry",
                StorageKeys.PoolChain,
                Pool + "![0-9]{6}",
                "e[0-9]{12}",
                e => (null, StorageKeys.EntryRow(e.Seq)),
                [("hash", typeof(string))],
                EntryProblem
            ),
            RowKind.Of<Payout>("payout", StorageKeys.Payouts, Bucketed, "p.+", p => (At(p.Claim.Uscc), StorageKeys.PayoutRow(p.Id))),
            RowKind.Of<Payout>(
                "transition",
                StorageKeys.Payouts,
                Bucketed,
                "t.+",
                p => (At(p.Claim.Uscc), StorageKeys.TransitionRow(p.Id, p.Version))
            ),
            RowKind.Of<Objection>(
                "objection",
                StorageKeys.Payouts,
                Bucketed,
                "u[^!]+![0-9]{4}",
                o => (BucketOf(o.Payout), StorageKeys.ObjectionRow(o.Payout, o.Number))
            ),
            RowKind.Of<ObjectionDecision>(
                "decision on an objection",
                StorageKeys.Payouts,
                Bucketed,
                "u[^!]+![0-9]{4}![0-9]{4}",
                d => (BucketOf(d.Payout), StorageKeys.ObjectionDecisionRow(d.Payout, d.Objection, d.Number))
            ),
            RowKind.Plain("projection", StorageKeys.Payouts, StorageKeys.Offsets, Pool, [("seq", typeof(long))]),
            RowKind.Of<Act>("act", StorageKeys.Acts, StorageKeys.AllActs, Digest, a => (null, StorageKeys.HashRow(a.Id))),
            RowKind.Of<StoredElection>(
                "election",
                StorageKeys.Acts,
                StorageKeys.AllElections,
                Digest,
                e => (null, StorageKeys.RequestRow(e.Request.Subject, e.Request.Key))
            ),
            RowKind.Of<Approval>("approval", StorageKeys.Approvals, StorageKeys.AllApprovals, "[0-9a-f]{26}", a => (null, a.Id)),
            RowKind.Of<Run>("run", StorageKeys.Runs, StorageKeys.AllRuns, "[0-9a-f]{26}", r => (null, r.Id)),
            RowKind.Of<Difference>(
                "difference",
                StorageKeys.Runs,
                "difference!" + Digest,
                StorageKeys.Head,
                _ => (null, null),
                writtenNow: false
            ),
            RowKind.Of<DifferenceLine[]>(
                "lines of a difference",
                StorageKeys.Runs,
                "difference!" + Digest,
                "d[0-9]{6}",
                _ => (null, null),
                writtenNow: false
            ),
            RowKind.Of<LineDecision>(
                "decision on a line",
                StorageKeys.Runs,
                "lines!.+",
                "d.+",
                d => (null, StorageKeys.DecisionRow(d.Line)),
                writtenNow: false
            ),
            RowKind.Of<LineOutcome>(
                "outcome of a line",
                StorageKeys.Runs,
                "lines!.+",
                "o.+",
                o => (null, StorageKeys.OutcomeRow(o.Line)),
                writtenNow: false
            ),
            RowKind.Plain(
                "audit log",
                StorageKeys.Audit,
                "[0-9]{8}!" + Bucketed,
                StorageKeys.Head,
                [("n", typeof(long)), ("hash", typeof(string)), ("listed", typeof(bool))],
                AuditHeadProblem
            ),
            RowKind.Of<AuditEntry>(
                "audited act",
                StorageKeys.Audit,
                "[0-9]{8}!" + Bucketed,
                "a[0-9]{12}",
                a => (null, StorageKeys.AuditRow(a.Number))
            ),
            RowKind.Of<AuditPlace>(
                "audited day",
                StorageKeys.Audit,
                StorageKeys.AuditPlaces,
                "[0-9]{8}!" + Bucketed,
                p => (null, StorageKeys.AuditPartition(p))
            ),
            RowKind.Of<SwitchAct>(
                "act on a switch",
                StorageKeys.Acts,
                StorageKeys.AllSwitches,
                "s[0-9]{9}",
                a => (null, StorageKeys.SwitchRow(a.Number))
            ),
            RowKind.Of<KeptList>(
                "kept list",
                StorageKeys.Lists,
                StorageKeys.ListHeads,
                Digest,
                l => (null, l.Version.Hex),
                writtenNow: false
            ),
            RowKind.Of<Policy>(
                "kept entry",
                StorageKeys.Lists,
                StorageKeys.ListEntries,
                Digest,
                e => (null, e.Hash.Hex),
                writtenNow: false
            ),
            RowKind.Of<ParkedWork>("parked message", StorageKeys.Parked, Any, Digest, w => (w.Queue, w.Id)),
            RowKind.Of<CaseAct>(
                "act on a parked message",
                StorageKeys.Parked,
                Any,
                Digest + "![0-9]{4}",
                a => (a.Place, StorageKeys.CaseActRow(a.Case, a.Number))
            ),
        ];
    }

    private static string BucketOf(string payoutId) =>
        StorageKeys.BucketPartition(PayoutId.BucketOf(payoutId) ?? throw new FormatException($"'{payoutId}' is no payout's id."));

    private static string? EntryProblem(PoolEntry entry, string partition, StoredRow row)
    {
        if (entry.Hash.Hex != row.Columns.Text("hash"))
            return $"its content has the hash {entry.Hash}, not {row.Columns.Text("hash")}";
        return partition.EndsWith(StorageKeys.SegmentOf(entry.Seq), StringComparison.Ordinal)
            ? null
            : $"entry {entry.Seq} stands in another segment than its number gives";
    }

    /// <summary>The second entry is not written before the log is listed.</summary>
    private static string? AuditHeadProblem(string partition, StoredRow row) =>
        row.Columns.Flag("listed") == row.Columns.Number("n") > 1
            ? null
            : $"column 'listed' is {row.Columns.Flag("listed")} after entry {row.Columns.Number("n")}";

    private static string? HeadProblem(PoolHead head, string partition, StoredRow row)
    {
        var full =
            head.Seq > 0
            && head.Seq % StorageKeys.EntriesPerSegment == 0
            && partition.EndsWith(StorageKeys.SegmentOf(head.Seq), StringComparison.Ordinal);
        return row.Columns.Flag("sealed") == full
            ? null
            : $"column 'sealed' is {row.Columns.Flag("sealed")}; after entry {head.Seq} expected is {full}";
    }
}
