using System.Runtime.CompilerServices;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>Payouts of all buckets in the order of their ids, whole or a hundred at a time.</summary>
internal sealed class PayoutPages(IPayoutStore payouts, EngineOptions options)
{
    private const int Size = 100;

    /// <summary>Where a page goes on.</summary>
    public static Parameter After { get; } = new("after", "The next of the page before.", Schema.Text(Schema.PayoutIdPattern));

    /// <summary>
    /// The page that a request asks for, with where to go on; or what is wrong with the request. What is left out takes no place in it.
    /// </summary>
    public async Task<(IReadOnlyList<Payout> Page, string? Next, Answer? Refusal)> PageAsync(
        Call call,
        Func<Payout, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        var after = call.Query(After.Name);
        if (after is not null && PayoutId.BucketOf(after) is null)
            return ([], null, Answer.Bad("after is the id of a payout."));
        var found = new List<Payout>();
        await foreach (var payout in ReadAsync(after, wanted, cancellationToken))
        {
            if (found.Count == Size)
                return (found, found[^1].Id, null);
            found.Add(payout);
        }

        return (found, null, null);
    }

    /// <summary>All of them behind one, or from the first on.</summary>
    public async IAsyncEnumerable<Payout> ReadAsync(
        string? after,
        Func<Payout, bool> wanted,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var first = after is null ? 0 : PayoutId.BucketOf(after)!.Value;
        for (var bucket = first; bucket < options.Buckets; bucket++)
        {
            var rows =
                after is not null && bucket == first
                    ? payouts.ReadBehindAsync(after, cancellationToken)
                    : payouts.ReadBucketAsync(bucket, cancellationToken);
            await foreach (var (payout, _) in rows)
            {
                if (wanted(payout))
                    yield return payout;
            }
        }
    }
}
