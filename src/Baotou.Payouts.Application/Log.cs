using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application;

/// <summary>All log lines of this project: ids, counts and amounts, never names or accounts.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 100,
        Level = LogLevel.Warning,
        Message = "The snapshot of {Source} lacks {Missing} of {Known} records: its withdrawals are held, and the source stands still until they are settled."
    )]
    public static partial void WithdrawalsHeld(this ILogger logger, string source, int missing, int known);

    [LoggerMessage(
        EventId = 200,
        Level = LogLevel.Information,
        Message = "Round {Round} bucket {Bucket}: {Enterprises} enterprises, {Entitlements} entitlements, {Limits} reductions, {Holds} held."
    )]
    public static partial void Matched(
        this ILogger logger,
        int round,
        int bucket,
        int enterprises,
        int entitlements,
        int limits,
        int holds
    );

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Round {Round} opened for {Sets} sets of pools.")]
    public static partial void RoundOpened(this ILogger logger, int round, int sets);

    [LoggerMessage(
        EventId = 202,
        Level = LogLevel.Information,
        Message = "Round {Round} closed: {Claims} claims in {Pools} pools, {Limits} reductions."
    )]
    public static partial void RoundClosed(this ILogger logger, int round, long claims, int pools, int limits);

    [LoggerMessage(
        EventId = 203,
        Level = LogLevel.Error,
        Message = "Round {Round} is not opened: this list counts the occasions of {Entries} otherwise than when they claimed, and would claim the same again. Two persons put them into shadow, import what was paid under the new occasions, declare it and make them automatic; see 'Upgrade' in docs/operations.md."
    )]
    public static partial void OccasionsChanged(this ILogger logger, int round, string entries);

    [LoggerMessage(EventId = 300, Level = LogLevel.Information, Message = "Pool {Pool}: entries up to {Seq}, {Free} fen free.")]
    public static partial void Allocated(this ILogger logger, string pool, long seq, long free);

    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "Pool {Pool}: payout rows up to entry {Seq}.")]
    public static partial void Projected(this ILogger logger, string pool, long seq);

    [LoggerMessage(
        EventId = 500,
        Level = LogLevel.Information,
        Message = "Verified: {Pools} pools, {Entries} entries, {Payouts} payouts and {Claims} claims hold."
    )]
    public static partial void Verified(this ILogger logger, int pools, long entries, long payouts, long claims);

    [LoggerMessage(
        EventId = 501,
        Level = LogLevel.Critical,
        Message = "Verifying found a difference after {Pools} pools, {Entries} entries, {Payouts} payouts and {Claims} claims. Stop instructing and run 'payouts verify', which names it."
    )]
    public static partial void Differs(this ILogger logger, int pools, long entries, long payouts, long claims);

    [LoggerMessage(EventId = 900, Level = LogLevel.Warning, Message = "A message of queue {Queue} failed too often and is parked as {Id}.")]
    public static partial void Parked(this ILogger logger, string queue, string id);
}
