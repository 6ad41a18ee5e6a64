namespace Baotou.Payouts.Local.Emulator;

/// <summary>The storage emulator did not start, did not answer or did not stop.</summary>
/// <param name="message">What happened, with the last lines the emulator wrote.</param>
public sealed class AzuriteFailedException(string message) : Exception(message);
