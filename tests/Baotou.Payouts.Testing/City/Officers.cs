using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Testing.City;

/// <summary>
/// Wang asks and Li agrees, each under a key that follows from what is asked for: whoever got no answer asks again and does nothing new.
/// </summary>
internal static class Officers
{
    public static Task<Requesting> RequestAsync(Engine engine, Proposal proposal) =>
        engine
            .Get<Approvals>()
            .RequestAsync(
                proposal,
                "why",
                Mark("wang", $"{proposal.GetType().Name} {CanonicalJson.Hash(proposal).Hex[..8]}"),
                TinyCity.Morning("2023-03-01"),
                default
            );

    /// <summary>What became of it: done, under way, or refused because it could not be done any more.</summary>
    public static async Task<Approval> AgreeAsync(Engine engine, Proposal proposal)
    {
        var approval = Assert.IsType<Requesting.Asked>(await RequestAsync(engine, proposal)).Approval;
        return await DecideAsync(engine, approval);
    }

    public static async Task<Approval> DecideAsync(Engine engine, Approval approval) =>
        await engine.Get<Approvals>().DecideAsync(approval.Id, agree: true, "", "li", TinyCity.Morning("2023-03-02"), default) switch
        {
            Decided.Stands stands => stands.Approval,
            Decided.TooLate late => late.Approval,
            var other => throw new InvalidOperationException($"{approval.Id}: {other}"),
        };

    /// <summary>Agreed to and done; why not is in the assertion otherwise.</summary>
    public static async Task DoAsync(Engine engine, Proposal proposal)
    {
        var approval = await AgreeAsync(engine, proposal);
        Assert.Equal((ApprovalState.Done, ""), (approval.State, approval.Note));
    }

    public static RequestMark Mark(string subject, string key) => new(subject, key, ContentHash.OfText(key));
}
