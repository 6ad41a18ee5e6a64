using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Stops;

/// <summary>The words for switches in requests and answers.</summary>
internal static class SwitchWords
{
    /// <summary>The part of a body that states something of the treasury's results.</summary>
    public const string ResultsName = "treasuryResults";

    /// <summary>"policy", "pool" or "instructing".</summary>
    public static string Of(SwitchKind what) =>
        what switch
        {
            SwitchKind.Policy => "policy",
            SwitchKind.Pool => "pool",
            SwitchKind.Instructing => "instructing",
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

    /// <summary>"imported" or "none-instructed".</summary>
    public static string Of(TreasuryResults results) =>
        results switch
        {
            TreasuryResults.Imported => "imported",
            TreasuryResults.NothingInstructed => "none-instructed",
            _ => throw new ArgumentOutOfRangeException(nameof(results)),
        };

    /// <summary>What a switch may stop.</summary>
    public static JsonObject Kinds() => Schema.OneOf([.. Enum.GetValues<SwitchKind>().Select(Of)]);

    /// <summary>What may be stated of the treasury's results.</summary>
    public static JsonObject Results() => Schema.OneOf([.. Enum.GetValues<TreasuryResults>().Select(Of)]);

    /// <summary>What a body states of the treasury's results; false if it is none of those.</summary>
    public static bool TryReadResults(Call call, out TreasuryResults? results)
    {
        var said = call.Text(ResultsName);
        results = Enum.GetValues<TreasuryResults>().Cast<TreasuryResults?>().FirstOrDefault(r => Of(r!.Value) == said);
        return results is not null || !call.Body.TryGetProperty(ResultsName, out _);
    }

    /// <summary>The switch that a body names by <c>what</c> and, under <paramref name="name"/>, which; null if it names none.</summary>
    public static Switch? Read(Call call, string name)
    {
        var named = call.Body.TryGetProperty(name, out _);
        return (call.Text("what"), call.Text(name)?.Trim()) switch
        {
            ("policy", { Length: >= 1 and <= 200 } id) => Switch.OfPolicy(id),
            ("pool", { Length: >= 1 and <= 200 } id) => Switch.OfPool(id),
            ("instructing", _) when !named => Switch.Instructing,
            _ => null,
        };
    }
}
