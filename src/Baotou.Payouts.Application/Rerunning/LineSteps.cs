using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>By which run a line is applied, and why.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Text">Why, and who asked and agreed, for the notes of payouts.</param>
public sealed record LineNote(string Run, string Text);

/// <summary>
/// Does the steps of a line that applies. Each names the version of the row it was shown, so whoever repeats one does nothing new.
/// </summary>
public sealed class LineSteps(IClaimStore claims, IPayoutStore payouts, ReleasePayout release, RecoverPayout recover, EngineOptions options)
{
    /// <summary>Grants what the line grants, then takes back what it takes back, and says what became of each.</summary>
    public async Task<IReadOnlyList<StepOutcome>> DoAsync(DifferenceLine line, LineNote note, CancellationToken cancellationToken)
    {
        var became = new List<StepOutcome>();
        foreach (var shown in line.Claims.Where(c => c.IsGranted))
            became.Add(await GrantAsync(line, shown, note, cancellationToken));
        foreach (var shown in line.Payouts.Where(p => p.TakesBack))
            became.Add(await TakeAsync(shown, note, cancellationToken));
        return became;
    }

    private async Task<StepOutcome> GrantAsync(DifferenceLine line, ShownClaim shown, LineNote note, CancellationToken cancellationToken)
    {
        var key = line.KeyOf(shown);
        var bucket = Bucket.Of(line.Uscc, options.Buckets);
        var entitlement = (await claims.EntitlementsAsync(bucket, line.Uscc, cancellationToken))[key];
        var stands = await claims.AddGrantAsync(bucket, new SupplementGrant(key, entitlement.Identity, note.Run), cancellationToken);
        return StepOutcome.OfGrant(key, shown, note.Run, stands.Run);
    }

    /// <summary>Takes back what is too much. Whoever else moved the payout first wins; that this run did, its history tells.</summary>
    private async Task<StepOutcome> TakeAsync(ShownPayout shown, LineNote note, CancellationToken cancellationToken)
    {
        while (true)
        {
            if ((await payouts.HistoryAsync(shown.Id, cancellationToken)).Any(p => p.Act == ApplyRerun.ActOf(note.Run)))
            {
                await release.FinishAsync(shown.Id, cancellationToken);
                return StepOutcome.OfPayout(shown, isMoved: true);
            }

            if (await payouts.ReadAsync(shown.Id, cancellationToken) is not { } stored || !LineStanding.IsAsShown(stored.Payout, shown))
                return StepOutcome.OfPayout(shown, isMoved: false);
            if (shown.Step == LineStep.Release)
                await release.BeginAsync(stored, shown.TooMuch, note.Text, ApplyRerun.ActOf(note.Run), cancellationToken);
            else
                await recover.OpenCaseAsync(stored, shown.TooMuch, note.Text, ApplyRerun.ActOf(note.Run), cancellationToken);
        }
    }
}
