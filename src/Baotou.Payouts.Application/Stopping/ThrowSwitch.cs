using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Stopping;

/// <summary>What became of a wish to stop, in order of precedence.</summary>
public abstract record SwitchThrown
{
    private SwitchThrown() { }

    /// <summary>There is nothing of that name to stop.</summary>
    public sealed record NotFound : SwitchThrown;

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyReused : SwitchThrown;

    /// <summary>It is done; of a repeat, what it did then.</summary>
    public sealed record Done(SwitchAct Act) : SwitchThrown;
}

/// <summary>
/// Stops at one person's word, starts again at two persons'. Each stop is an act of its own, also of what is stopped already: a start names
/// the stop that it ends, so one that was asked for before somebody else stopped anew does not undo that.
/// </summary>
public sealed class ThrowSwitch(ISwitchLog log, IRoundLog rounds, Catalogue catalogue)
{
    /// <summary>Stops.</summary>
    /// <param name="of">What.</param>
    /// <param name="why">Why; shown to the enterprises concerned.</param>
    /// <param name="request">Who, under which key: the same request again does nothing new.</param>
    /// <param name="at">When it takes effect.</param>
    /// <param name="cancellationToken">Stops before the act is kept.</param>
    public async Task<SwitchThrown> StopAsync(
        Switch of,
        string why,
        RequestMark request,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (!Knows(of))
            return new SwitchThrown.NotFound();
        while (true)
        {
            var acts = await log.ListAsync(cancellationToken);
            if (acts.FirstOrDefault(a => a.Request is { } r && r.Subject == request.Subject && r.Key == request.Key) is { } before)
                return before.Request == request ? await SeenAsync(before, cancellationToken) : new SwitchThrown.KeyReused();
            var act = new SwitchAct(acts.Count + 1, of, true, request.Subject, "", why, at, request, "");
            if (await log.AddAsync(act, cancellationToken))
                return await SeenAsync(act, cancellationToken);
        }
    }

    /// <summary>Starts again what a stop stopped.</summary>
    /// <param name="start">What, and which stop is to end.</param>
    /// <param name="why">Why.</param>
    /// <param name="approval">The approval, under which it is done once.</param>
    /// <param name="persons">Who asked and who agreed.</param>
    /// <param name="at">When it takes effect.</param>
    /// <param name="cancellationToken">Stops before the act is kept.</param>
    /// <returns>Why it cannot be done, or null if it is.</returns>
    public async Task<string?> StartAsync(
        Proposal.StartAgain start,
        string why,
        string approval,
        TwoPersons persons,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var acts = await log.ListAsync(cancellationToken);
            if (acts.Any(a => a.Approval == approval))
                return null;
            if (Problem(new SwitchBoard(acts), start) is { } problem)
                return problem;
            var act = new SwitchAct(
                acts.Count + 1,
                start.Switch,
                false,
                persons.RequestedBy,
                persons.ApprovedBy,
                why,
                at,
                null,
                approval,
                Results: start.Results
            );
            if (await log.AddAsync(act, cancellationToken))
                return null;
        }
    }

    /// <summary>Why a stop cannot be ended now; null if it can.</summary>
    public async Task<string?> ProblemAsync(Proposal.StartAgain start, CancellationToken cancellationToken) =>
        Knows(start.Switch) ? Problem(await log.ReadAsync(cancellationToken), start) : "there is nothing of that name to start";

    /// <summary>
    /// A round that is being planned may have looked at the switches before: the standing of the rounds is renewed, so that it cannot open
    /// and is planned anew. No round that opens after a stop was answered makes a claim of what it stopped.
    /// </summary>
    private async Task<SwitchThrown> SeenAsync(SwitchAct act, CancellationToken cancellationToken)
    {
        while (act.Switch.What == SwitchKind.Policy)
        {
            var standing = await rounds.ReadStandingAsync(cancellationToken);
            if (standing.Standing.Open > 0 || await rounds.RenewAsync(standing, cancellationToken))
                break;
        }

        return new SwitchThrown.Done(act);
    }

    private static string? Problem(SwitchBoard board, Proposal.StartAgain start) =>
        board.StopOf(start.Switch) is not { } stands ? "it is not stopped"
        : stands.Number != start.Stop
            ? $"it stands stopped by stop {stands.Number} of {stands.By}, not by stop {start.Stop}: ask for a start that names this one"
        : (board.RestoredFrom(start.Switch), start.Results) switch
        {
            ({ } from, null) => $"the store was restored from a backup of {from.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: "
                + "state of the treasury's results since then that they are imported, or that nothing was instructed",
            (null, not null) => "the store was not restored since it was last started: there is nothing to state of the treasury's results",
            _ => null,
        };

    private bool Knows(Switch of) =>
        of.What switch
        {
            SwitchKind.Policy => catalogue.VersionsOf(of.Id) is [.., { Terms: not null }],
            SwitchKind.Pool => catalogue.Pools.Any(p => p.Id == of.Id),
            _ => of.Id.Length == 0,
        };
}
