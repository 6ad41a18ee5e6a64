using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>
/// The promises, checked over rows at rest by a ledger written a second time, plainly: after each act, serve the line from its beginning.
/// </summary>
internal static class Promises
{
    /// <summary>
    /// Throws at the first promise that does not hold; so many <paramref name="yuan"/> are appropriated to the culture pool of 2023 by all
    /// documents.
    /// </summary>
    /// <exception cref="ViolationException">One does not hold.</exception>
    public static async Task CheckAsync(Engine engine, TinyCity city, long yuan)
    {
        if ((await engine.VerifyAsync()).Difference is { } difference)
            throw new ViolationException(difference);
        var payouts = await engine.PayoutsAsync();
        var pools = await engine.Get<IPoolLog>().ListAsync(default);
        var lines = new Dictionary<PoolYear, PlainLedger>();
        foreach (var pool in pools)
        {
            var ledger = lines[pool] = await PlainLedger.RefoldAsync(engine, pool);
            var head = await engine.HeadAsync(pool);
            Require(
                head.Free == ledger.Free && head.Reserved == ledger.Reserved && head.Paid == Fen.Zero,
                $"{pool}: free {head.Free}, reserved {head.Reserved}; the plain ledger has {ledger.Free} and {ledger.Reserved}"
            );
            var chain = await engine.ChainAsync(pool);
            var granted = chain.Where(e => e.Kind == EntryKind.Reserved).Select(e => (e.Claim!, e.Amount)).ToList();
            Require(granted.SequenceEqual(ledger.Grants), $"{pool}: the grants differ from those of the plain ledger");
            Require(
                !head.IsOpen || head.AwaitsCarryIn || head.Free == Fen.Zero || ledger.Waiting().Count == 0,
                $"{pool}: {head.Free} fen lie idle while claims wait"
            );
            Require(
                head.Appropriated + head.CarriedIn - head.Cut - head.CarriedOut == head.Free + head.Reserved + head.Paid,
                $"{pool}: does not balance"
            );
            foreach (var payout in payouts.Where(p => p.Pool == pool))
            {
                var releases = chain.Count(e => e.Kind == EntryKind.Released && e.Note == payout.Id);
                Require(
                    releases == (payout.State == PayoutState.Released ? 1 : 0),
                    $"payout {payout.Id} is {payout.State} and was released {releases} times"
                );
            }
        }

        var appropriated = (await engine.HeadAsync(TinyList.Culture)).Appropriated;
        Require(appropriated == Fen.FromYuan(yuan), $"{appropriated} fen are appropriated; the documents say {yuan} yuan");
        await CheckNothingIsLostAsync(engine, city, lines);
    }

    private static async Task CheckNothingIsLostAsync(Engine engine, TinyCity city, Dictionary<PoolYear, PlainLedger> lines)
    {
        var entitlements = await engine.EntitlementsAsync();
        var holds = await engine.HoldsAsync();
        foreach (var record in city.Culture.Told.Select(r => (r.Uscc, r.RecordId)).Distinct())
            Require(
                entitlements.Any(e =>
                    e.Claim.Key.Policy == "visit"
                    && e.Claim.Key.Uscc.Value == record.Uscc
                    && e.Claim.Key.Number == 0
                    && e.Claim.Key.Occasion == record.RecordId
                ) || holds.Any(h => h.Code == "pool-not-open" && h.Uscc.Value == record.Uscc && h.Subject == $"visit {record.RecordId}"),
                $"record {record} made no claim"
            );
        foreach (var entitlement in entitlements.Where(e => e.State == EntitlementState.Claimed))
        {
            var of = lines.Where(l => l.Key.Pool == entitlement.Pool.Pool).Select(l => l.Value).ToList();
            var key = entitlement.Claim.Key;
            var limited = of.Select(l => l.Limits.TryGetValue(key, out var limit) ? limit : entitlement.Claim.Amount).Min();
            var granted = of.Aggregate(Fen.Zero, (sum, l) => sum + l.GrantedTo(key));
            var waits = of.Any(l => l.Waiting().Contains(key));
            Require(granted <= entitlement.Claim.Amount, $"claim {key}: {granted} fen granted of {entitlement.Claim.Amount}");
            Require(
                granted >= Fen.Min(limited, entitlement.Claim.Amount) || waits,
                $"claim {key}: {granted} fen granted of {entitlement.Claim.Amount}, and it does not wait"
            );
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new ViolationException(otherwise);
    }
}

/// <summary>One pool-year, act by act.</summary>
internal sealed class PlainLedger
{
    private readonly List<PoolClaim> _line = [];
    private readonly Dictionary<ClaimKey, Fen> _granted = [];
    private bool _open,
        _closed,
        _awaits;

    public Fen Free { get; private set; }

    public Fen Reserved { get; private set; }

    public List<(ClaimKey, Fen)> Grants { get; } = [];

    public Dictionary<ClaimKey, Fen> Limits { get; } = [];

    public static async Task<PlainLedger> RefoldAsync(Engine engine, PoolYear pool, long upTo = long.MaxValue)
    {
        var ledger = new PlainLedger();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, input) in await engine.Get<IPoolLog>().InputsAsync(pool, 0, default))
        {
            if (number > upTo)
                break;
            if (!ids.Add(input.Id))
                throw new ViolationException($"{pool}: act '{input.Id}' stands in the log twice");
            var round = input is PoolInput.RoundClosed closed ? closed.Round : 0;
            ledger.Take(
                input,
                input is PoolInput.RoundClosed or PoolInput.CarryIn ? await engine.Get<IClaimStore>().ClaimsAsync(pool, round, default) : []
            );
            ledger.Serve();
        }

        return ledger;
    }

    public Fen GrantedTo(ClaimKey claim) => _granted.GetValueOrDefault(claim);

    public HashSet<ClaimKey> Waiting() => [.. Line().Select(c => c.Claim)];

    /// <summary>Who waits, in order, with what each still asks for.</summary>
    public IEnumerable<(ClaimKey Claim, Fen Asks)> Line() => _line.Select(c => (c.Key, Rest(c))).Where(c => c.Item2 > Fen.Zero);

    private void Take(PoolInput input, IReadOnlyList<PoolClaim> claims)
    {
        switch (input)
        {
            case PoolInput.Open o:
                (_open, _awaits) = (true, o.AwaitsCarryIn);
                break;
            case PoolInput.Appropriate a when _open && !_closed:
                Free += a.Amount;
                break;
            case PoolInput.Cut c when _open && !_closed && c.Amount <= Free:
                Free -= c.Amount;
                break;
            case PoolInput.RoundClosed when !_closed:
                _line.AddRange(claims.OrderBy(c => c.OrderKey, StringComparer.Ordinal));
                break;
            case PoolInput.LimitClaim l:
                Limits[l.Claim] = Limits.TryGetValue(l.Claim, out var before) ? Fen.Min(before, l.Limit) : l.Limit;
                break;
            case PoolInput.CarryIn c when _awaits:
                (_awaits, Free) = (false, Free + c.Amount);
                _line.InsertRange(0, claims);
                break;
            case PoolInput.Close:
                (_closed, Free) = (true, Fen.Zero);
                break;
            case PoolInput.Release r:
                Reserved -= r.Amount;
                if (!_closed)
                    Free += r.Amount;
                break;
        }
    }

    private void Serve()
    {
        if (!_open || _closed || _awaits)
            return;
        foreach (var claim in _line)
        {
            var give = Fen.Min(Free, Rest(claim));
            if (give > Fen.Zero)
            {
                (Free, Reserved) = (Free - give, Reserved + give);
                _granted[claim.Key] = GrantedTo(claim.Key) + give;
                Grants.Add((claim.Key, give));
            }

            if (Rest(claim) > Fen.Zero)
                return;
        }
    }

    private Fen Rest(PoolClaim claim)
    {
        var due = Limits.TryGetValue(claim.Key, out var limit)
            ? Fen.Max(Fen.Zero, Fen.Min(claim.Amount, limit - claim.GrantedBefore))
            : claim.Amount;
        return Fen.Max(Fen.Zero, due - GrantedTo(claim.Key));
    }
}
