using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Web.Access;

/// <summary>Whoever acts for a code acts for the codes that were merged into it too, never the other way round.</summary>
internal sealed class OwnPast(IActLog acts)
{
    /// <summary>Whether a caller may know of a code at all.</summary>
    public async Task<bool> MaySeeAsync(Caller caller, Uscc code, CancellationToken cancellationToken) =>
        caller.MaySee(code) || await ActsForAsync(caller, code, cancellationToken);

    /// <summary>Whether a caller acts for a code.</summary>
    public async Task<bool> ActsForAsync(Caller caller, Uscc code, CancellationToken cancellationToken)
    {
        if (caller.Codes.Contains(code))
            return true;
        if (caller.Codes.Count == 0)
            return false;
        var codes = new MergedCodes(await acts.MergesAsync(cancellationToken));
        return caller.Codes.Any(own => codes.BehindOf(own).Contains(code));
    }
}
