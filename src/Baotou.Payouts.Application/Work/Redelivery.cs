namespace Baotou.Payouts.Application.Work;

/// <summary>How often a failing message is tried and how long it rests between, for both hosts alike (the platform reads its own copy in host.json).</summary>
public static class Redelivery
{
    /// <summary>Tries of one message, the first included; after the last it goes to the poison queue.</summary>
    public const int MostTries = 5;

    /// <summary>How long a message that failed stays hidden. Longer than a storage hiccup, shorter than the sweep.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
}
