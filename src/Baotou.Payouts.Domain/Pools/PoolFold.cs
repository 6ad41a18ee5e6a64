using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Domain.Pools;

/// <summary>
/// What the fold reads of a pool-year: its input log and the final claims of its closed rounds. Whatever carries it, equal content gives
/// equal entries.
/// </summary>
public interface IPoolView
{
    /// <summary>The input of that number; null if there is none yet.</summary>
    PoolInput? Input(long number);

    /// <summary>
    /// The least round above <paramref name="after"/> that an input up to <paramref name="done"/> announced; null if none.
    /// </summary>
    int? NextRound(int after, long done);

    /// <summary>The claim at a place of an announced round; null past its end.</summary>
    PoolClaim? Claim(int round, long place);

    /// <summary>
    /// The lowest limit that inputs up to <paramref name="done"/> set for a claim; null if none. A negative one is refused and set nothing.
    /// </summary>
    Fen? Limit(ClaimKey claim, long done);
}

/// <summary>One step of the fold: the entry and the head after it.</summary>
public sealed record FoldStep(PoolHead Head, PoolEntry Entry);

/// <summary>
/// A pool-year as a fold over its input log and its claims. While money is free and a claim waits, the first in line is served; otherwise
/// the next input is consumed. Batch size, crash points and the number of workers do not appear in it.
/// </summary>
public static class PoolFold
{
    /// <summary>The next step; null when nothing can happen before another input comes.</summary>
    public static FoldStep? Next(PoolHead head, IPoolView view)
    {
        var step = head.IsOpen && !head.AwaitsCarryIn && head.Free > Fen.Zero ? Grant(head, view) : null;
        step ??= view.Input(head.Done + 1) is { } input ? Consume(head, input, view) : null;
        if (step is not null)
            AssertBalanced(step.Head);
        return step;
    }

    /// <summary>Moves the cursor over claims that are whole, limited away or past the end of their round.</summary>
    /// <returns>The head with the cursor on the first unfinished claim and that claim; null as the claim if the line is empty.</returns>
    public static (PoolHead Head, PoolClaim? Claim) FirstWaiting(PoolHead head, IPoolView view)
    {
        while (true)
        {
            var claim = head.CursorRound < 0 ? null : view.Claim(head.CursorRound, head.CursorPlace);
            if (claim is null)
            {
                if (view.NextRound(head.CursorRound, head.Done) is not { } next)
                    return (head, null);
                head = head with
                {
                    CursorRound = next,
                    CursorBase = head.CursorBase + head.CursorPlace,
                    CursorPlace = 0,
                    Part = 0,
                    Granted = Fen.Zero,
                };
            }
            else if (head.Granted >= Effective(claim, head, view))
            {
                head = head with { CursorPlace = head.CursorPlace + 1, Part = 0, Granted = Fen.Zero };
            }
            else
            {
                return (head, claim);
            }
        }
    }

    /// <summary>The head with the cursor behind the claim it stands on, for looking along the line.</summary>
    public static PoolHead Behind(PoolHead head) => head with { CursorPlace = head.CursorPlace + 1, Part = 0, Granted = Fen.Zero };

    /// <summary>Why a cut above what is free is refused, and what to do.</summary>
    public static string CutTooDeep(Fen free) => $"only {free} fen are free; cut at most that, or release payouts first";

    /// <summary>Why a year that awaits the rest of the one before is not closed.</summary>
    public const string NotCarriedIn = "the year before is not carried in yet";

    /// <summary>
    /// Whether a log closes its year once it is worked off: a close that comes while the year before is still awaited is refused, and the
    /// year goes on.
    /// </summary>
    /// <param name="inputs">The log from its beginning, in order.</param>
    public static bool IsClosedBy(IEnumerable<PoolInput> inputs)
    {
        var (opened, awaits) = (false, false);
        foreach (var input in inputs)
        {
            if (input is PoolInput.Open { Seed.Length: > 0 } open && !opened)
                (opened, awaits) = (true, open.AwaitsCarryIn);
            else if (input is PoolInput.CarryIn && opened)
                awaits = false;
            else if (input is PoolInput.Close && opened && !awaits)
                return true;
        }

        return false;
    }

    /// <summary>What a claim is worth at a head: its amount, or its lowest limit so far.</summary>
    public static Fen Effective(PoolClaim claim, PoolHead head, IPoolView view) =>
        view.Limit(claim.Key, head.Done) is { } limit
            ? Fen.Max(Fen.Zero, Fen.Min(claim.Amount, limit - claim.GrantedBefore))
            : claim.Amount;

    private static FoldStep? Grant(PoolHead head, IPoolView view)
    {
        var (at, claim) = FirstWaiting(head, view);
        if (claim is null)
            return null;
        var rest = Effective(claim, at, view) - at.Granted;
        if (at.WholeOnly && rest > at.Free)
            return null;
        var amount = Fen.Min(at.Free, rest);
        var after = at with { Free = at.Free - amount, Reserved = at.Reserved + amount, Granted = at.Granted + amount, Part = at.Part + 1 };
        return Append(
            after,
            new PoolEntry
            {
                Seq = head.Seq + 1,
                Kind = EntryKind.Reserved,
                Amount = amount,
                Claim = claim.Key,
                ClaimHash = CanonicalJson.Hash(claim),
                Round = at.CursorRound,
                Place = at.CursorPlace,
                Part = checked(claim.FirstPart + at.Part),
                County = CountyOf(claim, at.Granted + amount) - CountyOf(claim, at.Granted),
                Free = after.Free,
                Reserved = after.Reserved,
                Paid = after.Paid,
                Previous = head.Hash,
            }
        );
    }

    /// <summary>
    /// The county share that belongs to the first <paramref name="city"/> fen of a claim; pieces of a claim add up to its whole county
    /// share.
    /// </summary>
    public static Fen CountyOf(PoolClaim claim, Fen city) => new((long)((Int128)claim.County.Value * city.Value / claim.Amount.Value));

    private static FoldStep Consume(PoolHead head, PoolInput input, IPoolView view)
    {
        var (after, kind, amount, note) = Apply(head, input, view);
        after = after with { Done = head.Done + 1 };
        return Append(
            after,
            new PoolEntry
            {
                Seq = head.Seq + 1,
                Kind = kind,
                Amount = amount,
                Input = after.Done,
                InputId = input.Id,
                InputHash = CanonicalJson.Hash(input),
                Claim = (input as PoolInput.LimitClaim)?.Claim,
                Note = note,
                Free = after.Free,
                Reserved = after.Reserved,
                Paid = after.Paid,
                Previous = head.Hash,
            }
        );
    }

    private static (PoolHead After, EntryKind Kind, Fen Amount, string Note) Apply(PoolHead head, PoolInput input, IPoolView view)
    {
        if (Refusal(head, input) is { } refusal)
            return (head, EntryKind.Refused, Fen.Zero, refusal);
        switch (input)
        {
            case PoolInput.Open i:
                return (
                    head with
                    {
                        Seed = i.Seed,
                        WholeOnly = i.WholeOnly,
                        AwaitsCarryIn = i.AwaitsCarryIn,
                    },
                    EntryKind.Opened,
                    Fen.Zero,
                    ""
                );
            case PoolInput.Appropriate i:
                return (
                    head with
                    {
                        Appropriated = head.Appropriated + i.Amount,
                        Free = head.Free + i.Amount,
                    },
                    EntryKind.Appropriated,
                    i.Amount,
                    i.Document
                );
            case PoolInput.Cut i:
                return (head with { Cut = head.Cut + i.Amount, Free = head.Free - i.Amount }, EntryKind.Cut, i.Amount, i.Document);
            case PoolInput.RoundClosed i:
                return (
                    head with
                    {
                        Announced = checked(head.Announced + i.Claims),
                    },
                    EntryKind.RoundJoined,
                    Fen.Zero,
                    $"round {i.Round}: {i.Claims} claims"
                );
            case PoolInput.LimitClaim i:
                return (head, EntryKind.Limited, i.Limit, LimitNote(head, i, view));
            case PoolInput.Release i:
                return (Freed(head, i.Amount) with { Reserved = head.Reserved - i.Amount }, EntryKind.Released, i.Amount, i.Payout);
            case PoolInput.Settle i:
                return (
                    head with
                    {
                        Reserved = head.Reserved - i.Amount,
                        Paid = head.Paid + i.Amount,
                    },
                    EntryKind.Settled,
                    i.Amount,
                    $"{i.Batch} part {i.Part}: {i.Payouts} payouts"
                );
            case PoolInput.Return i:
                return (
                    head with
                    {
                        Reserved = head.Reserved + i.Amount,
                        Paid = head.Paid - i.Amount,
                    },
                    EntryKind.Returned,
                    i.Amount,
                    i.Payout
                );
            case PoolInput.ClawBack i:
                return (Freed(head, i.Amount) with { Paid = head.Paid - i.Amount }, EntryKind.ClawedBack, i.Amount, i.Payout);
            case PoolInput.CarryIn i:
                return (
                    head with
                    {
                        CarriedIn = head.CarriedIn + i.Amount,
                        Free = head.Free + i.Amount,
                        AwaitsCarryIn = false,
                        Announced = checked(head.Announced + i.Claims),
                    },
                    EntryKind.CarriedIn,
                    i.Amount,
                    $"from {i.FromYear}: {i.Claims} waiting claims"
                );
            case PoolInput.Close i:
                return (
                    head with
                    {
                        CarriedOut = head.CarriedOut + head.Free,
                        Free = Fen.Zero,
                        Closed = true,
                    },
                    EntryKind.CarriedOut,
                    head.Free,
                    i.Document
                );
            default:
                throw new InvalidOperationException($"Unknown input {input.GetType().Name}.");
        }
    }

    /// <summary>Money that comes free stays in an open year and leaves a closed one.</summary>
    private static PoolHead Freed(PoolHead head, Fen amount) =>
        head.Closed ? head with { CarriedOut = head.CarriedOut + amount } : head with { Free = head.Free + amount };

    /// <summary>Why an input moves nothing, in order of precedence; null if it does.</summary>
    private static string? Refusal(PoolHead head, PoolInput input) =>
        input switch
        {
            PoolInput.Open when head.Seed.Length > 0 => "already open",
            PoolInput.Open { Seed.Length: 0 } => "a pool opens with a seed",
            PoolInput.Open => null,
            _ when head.Seed.Length == 0 => "not open",
            PoolInput.Appropriate or PoolInput.Cut or PoolInput.RoundClosed or PoolInput.CarryIn or PoolInput.Close when head.Closed =>
                "closed",
            PoolInput.Close when head.AwaitsCarryIn => NotCarriedIn,
            PoolInput.CarryIn when !head.AwaitsCarryIn => "nothing is awaited from the year before",
            PoolInput.Appropriate { Amount.Value: <= 0 }
            or PoolInput.Cut { Amount.Value: <= 0 }
            or PoolInput.Release { Amount.Value: <= 0 }
            or PoolInput.Settle { Amount.Value: <= 0 }
            or PoolInput.Return { Amount.Value: <= 0 }
            or PoolInput.ClawBack { Amount.Value: <= 0 }
            or PoolInput.CarryIn { Amount.Value: < 0 }
            or PoolInput.LimitClaim { Limit.Value: < 0 } => "the amount is not positive",
            PoolInput.Appropriate i when IsTooMuch(head, i.Amount) => "the pool's sum would not fit in 64 bits",
            PoolInput.CarryIn i when IsTooMuch(head, i.Amount) => "the pool's sum would not fit in 64 bits",
            PoolInput.Cut i when i.Amount > head.Free => CutTooDeep(head.Free),
            PoolInput.Release i when i.Amount > head.Reserved => $"only {head.Reserved} fen are reserved",
            PoolInput.Settle i when i.Amount > head.Reserved => $"only {head.Reserved} fen are reserved",
            PoolInput.Return i when i.Amount > head.Paid => $"only {head.Paid} fen are paid",
            PoolInput.ClawBack i when i.Amount > head.Paid => $"only {head.Paid} fen are paid",
            _ => null,
        };

    /// <summary>Such an input would stop the fold for ever at its place in the log.</summary>
    private static bool IsTooMuch(PoolHead head, Fen more) =>
        (Int128)head.Appropriated.Value + head.CarriedIn.Value + more.Value > long.MaxValue;

    private static string LimitNote(PoolHead head, PoolInput.LimitClaim input, IPoolView view)
    {
        var (at, claim) = FirstWaiting(head, view);
        if (claim is not null && claim.Key == input.Claim)
            return at.Granted + claim.GrantedBefore > input.Limit
                ? $"{at.Granted + claim.GrantedBefore - input.Limit} fen granted above it"
                : "";
        return "";
    }

    private static FoldStep Append(PoolHead head, PoolEntry entry) => new(head with { Seq = entry.Seq, Hash = entry.Hash }, entry);

    private static void AssertBalanced(PoolHead head)
    {
        var inflow = head.Appropriated + head.CarriedIn - head.Cut - head.CarriedOut;
        if (inflow != head.Free + head.Reserved + head.Paid || head.Free < Fen.Zero || head.Reserved < Fen.Zero || head.Paid < Fen.Zero)
            throw new InvalidOperationException(
                $"Broken promise 1 at entry {head.Seq}: in {inflow}, free {head.Free}, reserved {head.Reserved}, paid {head.Paid} fen."
            );
    }
}
