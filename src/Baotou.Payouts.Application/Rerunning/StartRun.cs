using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>What became of taking a run back, in order of precedence.</summary>
public abstract record Cancelling
{
    private Cancelling() { }

    /// <summary>There is no such run.</summary>
    public sealed record NotFound : Cancelling;

    /// <summary>It cannot be taken back, and why.</summary>
    public sealed record TooLate(string Why) : Cancelling;

    /// <summary>Nothing of it was applied, and nothing will be.</summary>
    public sealed record Cancelled(Run Run) : Cancelling;
}

/// <summary>Starts runs and takes them back. A repeat of a request is answered from what it made.</summary>
public sealed class StartRun(IRunStore runs, DryRun dry, ISweep sweep, WalkSource walks, ISourceLog sources, IRoundLog rounds)
{
    private static readonly RerunScope Everything = new(null, null, null);

    /// <summary>Works a difference out and keeps it. Nothing else changes.</summary>
    /// <returns>The run; null if the key was used for another request.</returns>
    public async Task<Run?> DryAsync(
        RerunScope scope,
        string why,
        RequestMark request,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (await runs.ReadAsync(IdOf(request), cancellationToken) is { } before)
            return before.Run.Request == request ? before.Run : null;
        var difference = await dry.HandleAsync(scope, cancellationToken);
        await runs.KeepAsync(difference, cancellationToken);
        return await AddAsync(
            new Run(IdOf(request), RunKind.DryRun, RunState.Shown, scope, why, request, at, difference.Hash, null, null, null),
            cancellationToken
        );
    }

    /// <summary>Asks every source now, as the schedule does.</summary>
    /// <returns>The run; null if the key was used for another request.</returns>
    public async Task<Run?> PassAsync(string why, RequestMark request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await runs.ReadAsync(IdOf(request), cancellationToken) is { } before)
            return before.Run.Request == request ? before.Run : null;
        var standing = new List<SourceWalks>();
        foreach (var source in walks.Sources)
            standing.Add(new SourceWalks(source, (await sources.ReadAsync(source, cancellationToken)).Standing.Walks));
        var start = new PassStart((await rounds.StandingAsync(cancellationToken)).Closed, standing);
        var run = await AddAsync(
            new Run(IdOf(request), RunKind.Pass, RunState.Started, Everything, why, request, at, null, start, null, null),
            cancellationToken
        );
        if (run is not null)
            await sweep.PullAsync(cancellationToken);
        return run;
    }

    /// <summary>
    /// Takes a difference back that was not begun to be applied; an approval of it is then refused. What a pass began cannot be taken back:
    /// walks store facts, which are true whoever asked, and what follows from them needs nobody's request.
    /// </summary>
    public async Task<Cancelling> CancelAsync(string id, string subject, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await runs.ReadAsync(id, cancellationToken) is not { } stored)
                return new Cancelling.NotFound();
            switch (stored.Run.State)
            {
                case RunState.Cancelled:
                    return new Cancelling.Cancelled(stored.Run);
                case RunState.Started:
                    return new Cancelling.TooLate(
                        "a pass only asks the agencies; what they tell is stored whoever asked, so there is nothing to take back"
                    );
                case RunState.Applying:
                    return new Cancelling.TooLate("two persons agreed to it and it is being applied");
                case RunState.Applied:
                    return new Cancelling.TooLate("it is applied");
            }

            var cancelled = stored.Run with { State = RunState.Cancelled, CancelledBy = subject };
            if (await runs.MoveAsync(stored, cancelled, cancellationToken))
                return new Cancelling.Cancelled(cancelled);
        }
    }

    private async Task<Run?> AddAsync(Run run, CancellationToken cancellationToken)
    {
        var stands = await runs.AddAsync(run, cancellationToken);
        return stands.Request == run.Request ? stands : null;
    }

    private static string IdOf(RequestMark request) => ContentHash.OfText($"run\n{request.Subject}\n{request.Key}").Hex[..26];
}
