using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Stops;

/// <summary>The words for switches in requests and answers.</summary>
internal static class SwitchWords
{
    /// <summary>"policy", "pool" or "instructing".</summary>
    public static string Of(SwitchKind what) => what switch
    {
        SwitchKind.Policy => "policy",
        SwitchKind.Pool => "pool",
        SwitchKind.Instructing => "instructing",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

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
