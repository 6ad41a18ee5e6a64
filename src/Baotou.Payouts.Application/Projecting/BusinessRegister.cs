using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>
/// Who is in business, by the kind of fact that the dictionary names for it. The logs of facts only grow, so what was read stays in memory
/// and each look reads what came since the last one.
/// </summary>
public sealed class BusinessRegister(IFactLog facts, Catalogue catalogue, EngineOptions options)
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<int, long> _seen = [];
    private readonly Dictionary<Uscc, FactView> _views = [];

    /// <summary>
    /// Whether the last thing the register said of a code is that it is not in business. Of a code that it never spoke of, and where the
    /// dictionary names no such kind, nothing is said.
    /// </summary>
    /// <param name="uscc">The code.</param>
    /// <param name="asked">The buckets that were caught up with in this look; others are, and added.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<bool> IsOutOfBusinessAsync(Uscc uscc, ISet<int> asked, CancellationToken cancellationToken)
    {
        if (catalogue.Facts.InBusiness is not { } rule)
            return false;
        var bucket = Bucket.Of(uscc, options.Buckets);
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!asked.Contains(bucket))
                await CatchUpAsync(bucket, rule, cancellationToken);
            asked.Add(bucket);
            return _views.TryGetValue(uscc, out var view)
                && view.InEffect(rule.Kind, DateOnly.MaxValue)?.Value(rule.Field) is { } said
                && !rule.Codes.Contains(said.Text);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task CatchUpAsync(int bucket, InBusiness rule, CancellationToken cancellationToken)
    {
        var (from, to) = (_seen.GetValueOrDefault(bucket), await facts.CountAsync(bucket, cancellationToken));
        if (to == from)
            return;
        await foreach (var stored in facts.ReadAsync(bucket, from, to, cancellationToken))
        {
            if (stored.Fact.Kind != rule.Kind)
                continue;
            if (!_views.TryGetValue(stored.Fact.Uscc, out var view))
                _views[stored.Fact.Uscc] = view = new FactView();
            view.Apply(stored.Fact);
        }

        _seen[bucket] = to;
    }
}
