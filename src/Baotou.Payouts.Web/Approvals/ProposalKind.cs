using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Approvals;

/// <summary>A kind of proposal: the word for it, the parts of its body, and how they make it.</summary>
/// <param name="Word">The <c>kind</c> of its body.</param>
/// <param name="Of">Its type.</param>
/// <param name="Parts">Its parts in the order in which they are checked and shown.</param>
/// <param name="Make">Makes it of what was sent.</param>
/// <param name="Tell">Its parts as they were sent.</param>
internal sealed record ProposalKind(
    string Word,
    Type Of,
    IReadOnlyList<IPart> Parts,
    Func<SentParts, Proposal> Make,
    Func<Proposal, IEnumerable<Action<Utf8JsonWriter>>> Tell
)
{
    /// <summary>What its body may be: kind, parts and why, and nothing else but what <paramref name="more"/> names.</summary>
    public JsonObject Schema(IEnumerable<(string Name, JsonObject Schema)> more) =>
        OpenApi.Schema.Object([
            ("kind", OpenApi.Schema.OneOf(Word)),
            .. Parts.SelectMany(Named),
            Named(Approvals.Parts.Why).Single(),
            .. more,
        ]);

    /// <summary>Reads a body of this kind, or says what is wrong with it.</summary>
    public (Proposal? Proposal, string Why, Answer? Refusal) Read(Call call)
    {
        string[] names = ["kind", "why", .. Parts.SelectMany(p => p.Beside.Select(b => b.Name).Prepend(p.Name))];
        if (call.OnlyNames(names) is { } refusal)
            return (null, "", refusal);
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var part in Parts.Prepend(Approvals.Parts.Why))
        {
            if (part.Read(call) is { } value)
                values[part.Name] = value;
            else if (!part.IsOptional || call.Body.TryGetProperty(part.Name, out _))
                return (null, "", Answer.Bad($"{part.Name} is missing or makes no sense: it is {part.Is}."));
        }

        var sent = new SentParts(values);
        return (Make(sent), sent.Of(Approvals.Parts.Why), null);
    }

    private static IEnumerable<(string Name, JsonObject Schema)> Named(IPart part) =>
        part
            .Beside.Select(b => (b.Name + "?", b.Schema.DeepClone().AsObject()))
            .Prepend((part.IsOptional ? part.Name + "?" : part.Name, part.Schema));
}
