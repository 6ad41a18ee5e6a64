using System.Globalization;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Describing;

/// <summary>A payout as the public may see it.</summary>
/// <param name="Payout">The payout; of it only what <paramref name="Publicity"/> allows may be told.</param>
/// <param name="Publicity"><see cref="Publicity.Public"/> or <see cref="Publicity.AfterRedaction"/>.</param>
public sealed record PublicNotice(Payout Payout, Publicity Publicity)
{
    /// <summary>Where it stands in the list: pool, year and number of the reservation. It tells nothing of the enterprise.</summary>
    public string Place =>
        string.Create(CultureInfo.InvariantCulture, $"{Payout.Pool.Pool}:{Payout.Pool.FiscalYear:D4}:{Payout.EntrySeq:D12}");

    /// <summary>
    /// The code of the enterprise, whole where the entry is public, else its last four characters behind stars. The payout's own id is a
    /// hash that covers the code, and codes can be tried out one by one; so it is told only with the code.
    /// </summary>
    public string Code => Publicity == Publicity.Public ? Payout.Claim.Uscc.Value : new string('*', 14) + Payout.Claim.Uscc.Value[^4..];
}

/// <summary>
/// What is on public notice. The payouts are gone through at most once in <see cref="Freshness"/> however many ask; whether a notice is
/// over is looked at each time, so what ended yesterday is gone today.
/// </summary>
public sealed class PublicNotices(IPayoutStore payouts, PayoutDays days, EngineOptions options, TimeProvider clock)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private (DateTimeOffset At, IReadOnlyList<PublicNotice> Notices)? _read;

    /// <summary>All notices that may be shown on the business day, in the order of their places.</summary>
    public async Task<IReadOnlyList<PublicNotice>> ListAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (_read is not { } read || now - read.At >= Freshness)
                _read = read = (now, await ReadAsync(cancellationToken));
            return [.. read.Notices.Where(n => days.IsShown(n.Payout))];
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>How the public may see a payout now; null if not at all.</summary>
    public PublicNotice? Of(Payout payout) =>
        days.IsShown(payout) && days.TermsOf(payout) is { Publicity: var publicity and not Publicity.None }
            ? new PublicNotice(payout, publicity)
            : null;

    private async Task<IReadOnlyList<PublicNotice>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = new List<PublicNotice>();
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            await foreach (var stored in payouts.ReadBucketAsync(bucket, cancellationToken))
            {
                if (Of(stored.Payout) is { } notice)
                    found.Add(notice);
            }
        }

        return [.. found.OrderBy(n => n.Place, StringComparer.Ordinal)];
    }
}
