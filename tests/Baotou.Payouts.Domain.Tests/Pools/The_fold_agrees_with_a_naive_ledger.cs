using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Domain.Tests.Pools;

/// <summary>Thousands of random logs against a ledger that is written the slow, obvious way and shares no code with the fold.</summary>
public sealed class The_fold_agrees_with_a_naive_ledger
{
    private const int Logs = 2000;

    [Fact]
    public void Entry_by_entry_and_promise_by_promise()
    {
        for (var seed = 0; seed < Logs; seed++)
        {
            try
            {
                var log = RandomLog(seed).Fold();
                Assert.Equal(NaiveLedger.Run(log), log.Entries.Select(NaiveLedger.Show));
                AssertPromises(log);
            }
            catch (Exception thrown) when (thrown is not OutOfMemoryException)
            {
                throw new Xunit.Sdk.XunitException($"Seed {seed}: {thrown.Message}", thrown);
            }
        }
    }

    [Fact]
    public void The_same_hashes_come_out_whatever_the_batches()
    {
        for (var seed = 0; seed < 250; seed++)
        {
            var random = new Random(seed);
            var whole = RandomLog(seed).Fold();
            var pieces = RandomLog(seed);
            while (pieces.Entries.Count < whole.Entries.Count)
                pieces.Fold(random.Next(1, 5));
            Assert.Equal(whole.Head, pieces.Head);
            Assert.Equal(whole.Entries, pieces.Entries);
            Assert.Null(PoolFold.Next(pieces.Head, pieces));
        }
    }

    [Fact]
    public void The_same_entries_come_out_however_early_the_fold_runs()
    {
        for (var seed = 0; seed < 250; seed++)
        {
            var whole = RandomLog(seed).Fold();
            var growing = new PoolLog();
            foreach (var (round, claims) in whole.Claims)
                growing.Know(round, claims);
            foreach (var input in whole.Inputs)
                growing.Add(input).Fold();
            Assert.Equal(whole.Head, growing.Head);
            Assert.Equal(whole.Entries, growing.Entries);
        }
    }

    private static void AssertPromises(PoolLog log)
    {
        var previous = Domain.Hashing.ContentHash.None;
        var seq = 0L;
        foreach (var entry in log.Entries)
        {
            Assert.Equal((++seq, previous), (entry.Seq, entry.Previous));
            previous = entry.Hash;
        }

        var head = log.Head;
        Assert.Equal((seq, previous), (head.Seq, head.Hash));
        Assert.Equal(head.Closed, PoolFold.IsClosedBy(log.Inputs));
        Assert.Equal(head.Appropriated + head.CarriedIn - head.Cut - head.CarriedOut, head.Free + head.Reserved + head.Paid);
        Assert.True(head.Free >= Fen.Zero && head.Reserved >= Fen.Zero && head.Paid >= Fen.Zero);
        var joined = log
            .Entries.Where(e => e.Kind is EntryKind.RoundJoined or EntryKind.CarriedIn)
            .Select(e => log.Inputs[(int)e.Input - 1])
            .Select(i => i is PoolInput.RoundClosed r ? r.Round : 0)
            .Order();
        var granted = log.Entries.Where(e => e.Kind == EntryKind.Reserved).ToLookup(e => e.Claim!, e => e.Amount.Value);
        var unfinished = false;
        foreach (var claim in joined.SelectMany(r => log.Claims.GetValueOrDefault(r) ?? []))
        {
            var got = granted[claim.Key].Sum();
            Assert.True(got <= claim.Amount.Value, "more than claimed");
            Assert.True(!unfinished || got == 0, $"{claim.Key} was served before its turn");
            var limit = ((IPoolView)log).Limit(claim.Key, head.Done)?.Value ?? long.MaxValue;
            unfinished |= got < Math.Min(claim.Amount.Value, limit - claim.GrantedBefore.Value);
            if (unfinished && head.IsOpen && !head.AwaitsCarryIn && !head.WholeOnly)
                Assert.True(head.Free == Fen.Zero, "idle money while a claim waits");
        }
    }

    private static PoolLog RandomLog(int seed)
    {
        var random = new Random(seed);
        var log = new PoolLog();
        var (round, names) = (0, new List<string> { "none" });
        var awaits = random.Next(5) == 0;
        if (random.Next(20) == 0)
            log.Appropriate(3);
        log.Open(random.Next(4) == 0, awaits);
        for (var left = random.Next(3, 25); left > 0; left--)
        {
            switch (random.Next(20))
            {
                case < 4:
                    log.Appropriate(random.Next(-1, 40));
                    break;
                case < 9:
                    log.Round(round += random.Next(1, 3), Claims(random, names));
                    break;
                case < 11:
                    log.Limit(names[random.Next(names.Count)], random.Next(-1, 15));
                    break;
                case 11:
                    log.Cut(random.Next(0, 20));
                    break;
                case 12:
                    log.Release(random.Next(0, 15));
                    break;
                case < 15:
                    log.Settle(random.Next(0, 20));
                    break;
                case 15:
                    log.Return(random.Next(0, 8));
                    break;
                case 16:
                    log.ClawBack(random.Next(0, 8));
                    break;
                case 17 when !awaits:
                    log.CarryIn(5);
                    break;
                case 17 or 18 when awaits:
                    awaits = false;
                    log.CarryIn(random.Next(0, 20), Claims(random, names));
                    break;
                case 19 when random.Next(4) == 0:
                    log.Close();
                    break;
            }
        }

        return log;
    }

    private static PoolClaim[] Claims(Random random, List<string> names)
    {
        var claims = new PoolClaim[random.Next(1, 5)];
        for (var i = 0; i < claims.Length; i++)
        {
            names.Add($"c{names.Count}");
            claims[i] = PoolLog.Claim(names[^1], random.Next(0, 15), random.Next(0, 15)) with
            {
                FirstPart = random.Next(0, 2),
                GrantedBefore = new Fen(random.Next(0, 3) * random.Next(0, 3)),
            };
        }

        return claims;
    }
}
