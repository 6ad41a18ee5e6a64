using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Approvals;

namespace Baotou.Payouts.Web.OpenApi;

/// <summary>The shapes that several answers share, under the names they have in the document.</summary>
internal static class Shapes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<(string Name, JsonObject Schema)> All =>
        [
            (
                "Problem",
                Schema.Object(
                    ("type", Schema.Text()),
                    ("title", Schema.Text()),
                    ("titleZh", Schema.Text()),
                    ("status", Schema.Number()),
                    ("detail?", Schema.Text()),
                    ("code", Schema.Text()),
                    ("requestId", Schema.Text())
                )
            ),
            (
                "Step",
                Schema.Object(
                    ("condition", Schema.Text()),
                    ("conditionEn", Schema.Text()),
                    ("value", Schema.Text()),
                    ("valueEn", Schema.Text()),
                    ("threshold", Schema.Text()),
                    ("thresholdEn", Schema.Text()),
                    ("holds", Schema.Nullable(Schema.Flag())),
                    ("source", Schema.Text()),
                    ("recordId", Schema.Text()),
                    ("effectiveOn?", Schema.Day())
                )
            ),
            ("Shares", Schema.Object(("cityFen", Schema.Number()), ("countyFen", Schema.Number()))),
            (
                "Decision",
                Schema.Object(
                    ("policy", Schema.Text()),
                    ("titleZh?", Schema.Text()),
                    ("titleEn?", Schema.Text()),
                    ("document?", Schema.Text()),
                    ("item?", Schema.Text()),
                    ("entryHash", Schema.Text()),
                    ("outcome", Schema.OneOf([.. Enum.GetValues<Outcome>().Select(WireWords.Of)])),
                    ("amountFen", Schema.Number()),
                    ("occasion", Schema.Text()),
                    ("shares", Schema.Ref("Shares")),
                    ("supersededBy?", Schema.Text()),
                    ("reasonZh", Schema.Text()),
                    ("reasonEn", Schema.Text()),
                    ("steps", Schema.List(Schema.Ref("Step"))),
                    ("arithmetic", Schema.Text()),
                    ("arithmeticEn", Schema.Text()),
                    (
                        "ask?",
                        Schema.Object(
                            ("bureau", Schema.Text()),
                            ("titleZh", Schema.Text()),
                            ("titleEn", Schema.Text()),
                            (
                                "agencies",
                                Schema.List(
                                    Schema.Object(("source", Schema.Text()), ("titleZh", Schema.Text()), ("titleEn", Schema.Text()))
                                )
                            ),
                            ("howZh", Schema.Text()),
                            ("howEn", Schema.Text())
                        )
                    )
                )
            ),
            ("PayoutRow", Schema.Object([.. PayoutRow()])),
            (
                "Payout",
                Schema.Object([
                    .. PayoutRow(),
                    ("moment?", Schema.Moment()),
                    ("round?", Schema.Number()),
                    ("late?", Schema.Flag()),
                    (
                        "receipt?",
                        Schema.Object(
                            ("steps", Schema.List(Schema.Ref("Step"))),
                            ("arithmetic", Schema.Text()),
                            ("arithmeticEn", Schema.Text()),
                            ("records", Schema.List(Schema.Text())),
                            ("entryHash", Schema.Text()),
                            ("factsHash", Schema.Text())
                        )
                    ),
                    ("history?", Schema.List(Schema.Object(("version", Schema.Number()), ("state", State()), ("note?", Schema.Text())))),
                ])
            ),
            ("Proposal", ProposalBody.Schema()),
            ("Approval", ApprovalRoutes.Shown()),
            ("Run", Runs.RunShapes.Run()),
            (
                "Pool",
                Schema.Object(
                    ("id", Schema.Text()),
                    ("fiscalYear", Schema.Number()),
                    ("titleZh?", Schema.Text()),
                    ("titleEn?", Schema.Text()),
                    ("bureau?", Schema.Text()),
                    ("appropriatedFen", Schema.Number()),
                    ("carriedInFen", Schema.Number()),
                    ("cutFen", Schema.Number()),
                    ("carriedOutFen", Schema.Number()),
                    ("reservedFen", Schema.Number()),
                    ("paidFen", Schema.Number()),
                    ("freeFen", Schema.Number()),
                    ("payouts", Schema.Number()),
                    ("waiting", Schema.Number()),
                    ("closed", Schema.Flag()),
                    ("entries", Schema.Number()),
                    ("chainHead", Schema.Text())
                )
            ),
        ];

    private static JsonObject State() => Schema.OneOf([.. Enum.GetValues<PayoutState>().Select(WireWords.Of)]);

    private static IEnumerable<(string, JsonObject)> PayoutRow() =>
        [
            ("id", Schema.Text(Schema.PayoutIdPattern)),
            ("uscc", Schema.Text(Schema.CodePattern)),
            ("policy", Schema.Text()),
            ("titleZh?", Schema.Text()),
            ("titleEn?", Schema.Text()),
            ("occasion", Schema.Text()),
            ("number", Schema.Number()),
            ("part", Schema.Number()),
            ("pool", Schema.Text()),
            ("fiscalYear", Schema.Number()),
            ("entry", Schema.Number()),
            ("amountFen", Schema.Number()),
            ("shares", Schema.Ref("Shares")),
            ("state", State()),
            ("version", Schema.Number()),
            ("note?", Schema.Text()),
            ("takingFen?", Schema.Number(1)),
            ("noticeUntil?", Schema.Day()),
            ("clickBy?", Schema.Day()),
            ("payBy?", Schema.Day()),
        ];
}
