using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Domain.Tests.Pools;

/// <summary>
/// A pool-year kept the obvious way: after each act the whole line is walked from its very beginning. Only for comparing.
/// </summary>
internal static class NaiveLedger
{
    private sealed class Line
    {
        public required int Round { get; init; }

        public required int Place { get; init; }

        public required PoolClaim Claim { get; init; }

        public long Got { get; set; }

        public int Pieces { get; set; }
    }

    public static string Show(PoolEntry e) =>
        e.Kind == EntryKind.Reserved
            ? $"Reserved {e.Claim!.Occasion} {e.Amount} county {e.County} part {e.Part} at {e.Round}.{e.Place} -> {e.Free} {e.Reserved} {e.Paid}"
            : $"{e.Kind} {e.Amount} #{e.Input} -> {e.Free} {e.Reserved} {e.Paid}";

    public static List<string> Run(PoolLog log)
    {
        long free = 0,
            reserved = 0,
            paid = 0;
        bool open = false,
            closed = false,
            whole = false,
            awaits = false;
        var lines = new List<Line>();
        var ceilings = new Dictionary<string, long>();
        var shown = new List<string>();
        for (var n = 1; n <= log.Inputs.Count; n++)
        {
            var (kind, amount) = Act(log.Inputs[n - 1]);
            shown.Add($"{kind} {amount} #{n} -> {free} {reserved} {paid}");
            Serve();
        }

        return shown;

        (string, long) Act(PoolInput input)
        {
            var no = ("Refused", 0L);
            if (input is PoolInput.Open o)
            {
                if (open || o.Seed == "")
                    return no;
                (open, whole, awaits) = (true, o.WholeOnly, o.AwaitsCarryIn);
                return ("Opened", 0);
            }

            if (!open)
                return no;
            switch (input)
            {
                case PoolInput.Appropriate a when !closed && a.Amount.Value > 0:
                    free += a.Amount.Value;
                    return ("Appropriated", a.Amount.Value);
                case PoolInput.Cut c when !closed && c.Amount.Value > 0 && c.Amount.Value <= free:
                    free -= c.Amount.Value;
                    return ("Cut", c.Amount.Value);
                case PoolInput.RoundClosed r when !closed:
                    Join(r.Round);
                    return ("RoundJoined", 0);
                case PoolInput.CarryIn c when !closed && awaits && c.Amount.Value >= 0:
                    awaits = false;
                    free += c.Amount.Value;
                    Join(0);
                    return ("CarriedIn", c.Amount.Value);
                case PoolInput.LimitClaim l when l.Limit.Value >= 0:
                    ceilings[l.Claim.Occasion] = Math.Min(l.Limit.Value, ceilings.GetValueOrDefault(l.Claim.Occasion, long.MaxValue));
                    return ("Limited", l.Limit.Value);
                case PoolInput.Release r when r.Amount.Value > 0 && r.Amount.Value <= reserved:
                    reserved -= r.Amount.Value;
                    if (!closed)
                        free += r.Amount.Value;
                    return ("Released", r.Amount.Value);
                case PoolInput.Settle s when s.Amount.Value > 0 && s.Amount.Value <= reserved:
                    reserved -= s.Amount.Value;
                    paid += s.Amount.Value;
                    return ("Settled", s.Amount.Value);
                case PoolInput.Return r when r.Amount.Value > 0 && r.Amount.Value <= paid:
                    paid -= r.Amount.Value;
                    reserved += r.Amount.Value;
                    return ("Returned", r.Amount.Value);
                case PoolInput.ClawBack c when c.Amount.Value > 0 && c.Amount.Value <= paid:
                    paid -= c.Amount.Value;
                    if (!closed)
                        free += c.Amount.Value;
                    return ("ClawedBack", c.Amount.Value);
                case PoolInput.Close when !closed && !awaits:
                    closed = true;
                    var left = free;
                    free = 0;
                    return ("CarriedOut", left);
                default:
                    return no;
            }
        }

        void Join(int round)
        {
            var claims = log.Claims.GetValueOrDefault(round) ?? [];
            lines.AddRange(
                claims.Select(
                    (c, i) =>
                        new Line
                        {
                            Round = round,
                            Place = i,
                            Claim = c,
                        }
                )
            );
            lines.Sort((a, b) => (a.Round, a.Place).CompareTo((b.Round, b.Place)));
        }

        void Serve()
        {
            foreach (var line in lines)
            {
                var due =
                    Math.Min(
                        line.Claim.Amount.Value,
                        ceilings.GetValueOrDefault(line.Claim.Key.Occasion, long.MaxValue) - line.Claim.GrantedBefore.Value
                    ) - line.Got;
                if (due <= 0)
                    continue;
                if (closed || awaits || free == 0 || (whole && due > free))
                    return;
                var piece = Math.Min(due, free);
                var county =
                    (line.Claim.County.Value * (line.Got + piece) / line.Claim.Amount.Value)
                    - (line.Claim.County.Value * line.Got / line.Claim.Amount.Value);
                free -= piece;
                reserved += piece;
                line.Got += piece;
                shown.Add(
                    $"Reserved {line.Claim.Key.Occasion} {piece} county {county} part {line.Claim.FirstPart + line.Pieces++} at {line.Round}.{line.Place} -> {free} {reserved} {paid}"
                );
                if (piece < due)
                    return;
            }
        }
    }
}
