using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Exporting;

/// <summary>What can be taken away as a table, read row by row. Who may see which rows is for the caller to say.</summary>
public sealed class ExportRows(IPoolLog pools, IClaimStore claims, Catalogue catalogue)
{
    private static readonly string[] PayoutColumns =
    [
        "id",
        "uscc",
        "policy",
        "title",
        "occasion",
        "number",
        "part",
        "pool",
        "fiscal year",
        "amount, yuan",
        "city, yuan",
        "county, yuan",
        "state",
        "note",
        "pay by",
    ];

    private static readonly string[] LineColumns =
    [
        "round",
        "place",
        "moment",
        "uscc",
        "policy",
        "occasion",
        "number",
        "asked, yuan",
        "granted, yuan",
        "late",
        "state",
    ];
    private static readonly string[] QuarantineColumns = ["id", "state", "code", "reason", "text", "acts", "last by", "last why"];
    private static readonly string[] AuditColumns =
    [
        "entry",
        "moment",
        "request",
        "subject",
        "role",
        "what",
        "about",
        "why",
        "body",
        "answers",
        "outcome",
        "before",
        "hash",
    ];

    /// <summary>Payouts in the order they come.</summary>
    public ExportTable Payouts(IAsyncEnumerable<Payout> payouts) =>
        new(
            "payouts",
            PayoutColumns,
            payouts.Select(p =>
                (IReadOnlyList<ExportCell>)
                    [
                        ExportCell.Of(p.Id),
                        ExportCell.Of(p.Claim.Uscc.Value),
                        ExportCell.Of(p.Claim.Policy),
                        ExportCell.Of(catalogue.VersionsOf(p.Claim.Policy) is [.., { } entry] ? entry.Title.Zh : ""),
                        ExportCell.Of(p.Claim.Occasion),
                        ExportCell.Of(p.Claim.Number),
                        ExportCell.Of(p.Part),
                        ExportCell.Of(p.Pool.Pool),
                        ExportCell.Of(p.Pool.FiscalYear),
                        ExportCell.Yuan(p.City + p.County),
                        ExportCell.Yuan(p.City),
                        ExportCell.Yuan(p.County),
                        ExportCell.Of(WireWords.Of(p.State)),
                        ExportCell.Of(p.Note),
                        ExportCell.Of(p.PayBy),
                    ]
            )
        );

    /// <summary>The claims of a pool-year in the order in which they are served.</summary>
    public ExportTable Line(PoolYear pool) => new("line", LineColumns, LineAsync(pool));

    /// <summary>Bad records of a source.</summary>
    /// <param name="records">The records.</param>
    /// <param name="withTexts">Whether texts and reasons may be seen.</param>
    public static ExportTable Quarantine(IAsyncEnumerable<Case<Quarantined>> records, bool withTexts) =>
        new(
            "quarantine",
            QuarantineColumns,
            records.Select(r =>
                (IReadOnlyList<ExportCell>)
                    [
                        ExportCell.Of(r.Subject.Id),
                        ExportCell.Of(CaseWords.StateOf(r)),
                        ExportCell.Of(r.Subject.Code),
                        ExportCell.Of(withTexts ? r.Subject.Reason : ""),
                        ExportCell.Of(withTexts ? r.Subject.Text : ""),
                        ExportCell.Of(r.Acts.Count),
                        ExportCell.Of(r.Acts is [.., var last] ? last.By : ""),
                        ExportCell.Of(r.Acts is [.., var why] ? why.Why : ""),
                    ]
            )
        );

    /// <summary>Entries of the audit log, each with its place.</summary>
    public static ExportTable Audit(IAsyncEnumerable<(string Place, AuditEntry Entry)> entries) =>
        new(
            "audit",
            AuditColumns,
            entries.Select(e =>
                (IReadOnlyList<ExportCell>)
                    [
                        ExportCell.Of(e.Place),
                        ExportCell.Of(e.Entry.Act.Moment),
                        ExportCell.Of(e.Entry.Act.Request),
                        ExportCell.Of(e.Entry.Act.Subject),
                        ExportCell.Of(e.Entry.Act.Role),
                        ExportCell.Of(e.Entry.Act.What),
                        ExportCell.Of(e.Entry.Act.About),
                        ExportCell.Of(e.Entry.Act.Why),
                        ExportCell.Of(e.Entry.Act.Body.Hex),
                        e.Entry.Act.Answers is { } answers ? ExportCell.Of(answers) : ExportCell.Of(""),
                        ExportCell.Of(e.Entry.Act.Outcome),
                        ExportCell.Of(e.Entry.Before.Hex),
                        ExportCell.Of(e.Entry.Hash.Hex),
                    ]
            )
        );

    /// <summary>A round at a time: of a year with many claims only the acts and what was granted are held.</summary>
    private async IAsyncEnumerable<IReadOnlyList<ExportCell>> LineAsync(
        PoolYear pool,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var head = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        var book = await PoolBook.LoadAsync(pool, int.MaxValue, pools, claims, cancellationToken);
        var granted = new Dictionary<(int Round, long Place), Fen>();
        await foreach (var entry in pools.EntriesAsync(pool, 0, cancellationToken))
        {
            if (entry.Kind == EntryKind.Reserved)
                granted[(entry.Round, entry.Place)] = granted.GetValueOrDefault((entry.Round, entry.Place)) + entry.Amount;
        }

        foreach (var round in book.Announced.Keys)
        {
            var place = 0L;
            foreach (var claim in await claims.ClaimsAsync(pool, round, cancellationToken))
            {
                var (asked, got) = (PoolFold.Effective(claim, head, book), granted.GetValueOrDefault((round, place)));
                yield return
                [
                    ExportCell.Of(round),
                    ExportCell.Of(place),
                    ExportCell.Of(OrderKey.MomentOf(claim.OrderKey)),
                    ExportCell.Of(claim.Key.Uscc.Value),
                    ExportCell.Of(claim.Key.Policy),
                    ExportCell.Of(claim.Key.Occasion),
                    ExportCell.Of(claim.Key.Number),
                    ExportCell.Yuan(asked),
                    ExportCell.Yuan(got),
                    ExportCell.Of(claim.Late ? "late" : ""),
                    ExportCell.Of(StateOf(asked, got, head.Closed)),
                ];
                place++;
            }
        }
    }

    /// <summary>The word for a claim in its line.</summary>
    private static string StateOf(Fen asked, Fen granted, bool isClosed)
    {
        if (granted >= asked)
            return asked == Fen.Zero ? "withdrawn" : "served";
        if (isClosed)
            return "closed";
        return granted > Fen.Zero ? "partly" : "waiting";
    }
}
