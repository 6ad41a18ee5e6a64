using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>
/// What officers did: requests and decisions of approvals, the acts that came of them, runs, switches, and decisions on objections.
/// </summary>
public sealed class EffectsOfOfficers(
    IApprovalStore approvals,
    IActLog acts,
    IRunStore runs,
    ISwitchLog switches,
    IObjectionStore objections,
    EngineOptions options
) : IEffects
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<Effect> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var proposed = new HashSet<RequestMark>();
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            foreach (var decision in (await objections.OfBucketAsync(bucket, cancellationToken)).SelectMany(c => c.Decisions))
            {
                proposed.Add(ProposeReleases.MarkOf(decision));
                yield return Effect.Of(
                    decision.Request,
                    $"decision {decision.Number} on objection {decision.Objection} against payout {decision.Payout}"
                );
            }
        }

        var agreed = new HashSet<(string, string)>();
        foreach (var approval in await approvals.ListAsync(cancellationToken))
        {
            // What an upheld objection asks for is proposed in the name of whoever upheld it.
            if (!proposed.Contains(approval.Request))
                yield return Effect.Of(approval.Request, $"approval {approval.Id}");
            foreach (var person in new[] { approval.AgreedBy, approval.DecidedBy }.OfType<string>())
                yield return Effect.On(person, approval.Id, $"the decision of {person} on approval {approval.Id}");
            if (approval.DecidedBy is { } second)
                agreed.Add((approval.AgreedBy ?? approval.Request.Subject, second));
        }

        foreach (var act in await acts.ListAsync(cancellationToken))
        {
            if (LocalAct.IsBy(act.RequestedBy))
            {
                yield return Effect.On(act.RequestedBy, act.Id, $"act '{act.Id}'");
                yield return Effect.On(act.RequestedBy, act.ApprovedBy, $"the agreement of {act.ApprovedBy} to act '{act.Id}'");
            }
            else if (!agreed.Contains((act.RequestedBy, act.ApprovedBy)))
                yield return Effect.On(
                    act.RequestedBy,
                    act.Id,
                    $"act '{act.Id}', which no approval of {act.RequestedBy} and {act.ApprovedBy} stands behind"
                );
        }

        foreach (var run in await runs.ListAsync(cancellationToken))
        {
            yield return Effect.Of(run.Request, $"run {run.Id}");
            if (run.CancelledBy is { } person)
                yield return Effect.On(person, run.Id, $"the cancelling of run {run.Id}");
        }

        foreach (var act in await switches.ListAsync(cancellationToken))
        {
            if (act.Request is { } request)
                yield return Effect.Of(request, $"act {act.Number} on a switch");
        }
    }
}
