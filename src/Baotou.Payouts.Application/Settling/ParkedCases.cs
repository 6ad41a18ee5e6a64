using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Settling;

/// <summary>
/// Messages that failed too often. Sending one again is harmless whatever became of its work since: messages are hints, and a step does
/// nothing twice.
/// </summary>
public sealed class ParkedCases(IParkedWork parked, IWorkQueue queue)
{
    /// <summary>All cases of all queues, in the order of the flow.</summary>
    public async Task<IReadOnlyList<Case<ParkedWork>>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<Case<ParkedWork>>();
        foreach (var name in QueueNames.All)
        {
            await foreach (var kept in parked.ReadAsync(name, "", cancellationToken))
                all.Add(kept);
        }

        return all;
    }

    /// <summary>Sends it again. If that comes to nothing on the way, the sweep makes the same message of the rows.</summary>
    public async Task<CaseSettled<ParkedWork>> ReplayAsync(CaseWish wish, CancellationToken cancellationToken)
    {
        var settled = await OneAct.AddAsync(
            parked,
            wish,
            CaseWord.Replayed,
            "",
            found => found.Last == CaseWord.Replayed ? "it was sent again already, and has not come back" : null,
            cancellationToken
        );
        if (settled is CaseSettled<ParkedWork>.Done { Case: { Last: CaseWord.Replayed, Subject: var work } })
            await queue.SendAsync(work.Queue, work.Body, TimeSpan.Zero, cancellationToken);
        return settled;
    }

    /// <summary>Says that nothing needs to be done about it.</summary>
    public Task<CaseSettled<ParkedWork>> DiscardAsync(CaseWish wish, string why, CancellationToken cancellationToken) =>
        OneAct.AddAsync(parked, wish, CaseWord.Discarded, why, found => found.IsOpen ? null : "it is settled already", cancellationToken);
}
