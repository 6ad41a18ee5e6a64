using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Approvals;

/// <summary>A proposal as it is sent: which parts it has depends on its kind; see <see cref="ProposalKinds"/>.</summary>
internal static class ProposalBody
{
    /// <summary>What may be sent: one of the kinds, with its parts and nothing else but what <paramref name="more"/> names.</summary>
    public static JsonObject Schema(Func<IEnumerable<(string Name, JsonObject Schema)>>? more = null) =>
        new()
        {
            ["oneOf"] = new JsonArray([.. ProposalKinds.All.Select(k => (JsonNode)k.Schema(more?.Invoke() ?? []))]),
            ["discriminator"] = new JsonObject { ["propertyName"] = "kind" },
        };

    /// <summary>Reads it, or says what is wrong.</summary>
    public static (Proposal? Proposal, string Why, Answer? Refusal) Read(Call call)
    {
        var word = call.Text("kind");
        return ProposalKinds.All.FirstOrDefault(k => k.Word == word) is { } kind
            ? kind.Read(call)
            : (null, "", Answer.Bad($"kind is one of {string.Join(", ", ProposalKinds.All.Select(k => k.Word))}."));
    }

    /// <summary>Writes it back as it was sent, into the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, Proposal proposal)
    {
        var kind =
            ProposalKinds.All.FirstOrDefault(k => k.Of == proposal.GetType())
            ?? throw new InvalidOperationException($"Unknown proposal {proposal.GetType().Name}.");
        json.WriteString("kind", kind.Word);
        foreach (var write in kind.Tell(proposal))
            write(json);
    }
}
