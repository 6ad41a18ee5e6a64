namespace Baotou.Payouts.Local.Sandbox;

/// <summary>Work of a sandbox was parked, so its calendar cannot be run through as it should be.</summary>
/// <param name="messages">How many messages.</param>
/// <param name="last">What the last of them failed with.</param>
public sealed class WorkParkedException(long messages, Exception? last)
    : Exception($"{messages} message(s) failed too often and are parked; the last: {last?.Message}", last);
