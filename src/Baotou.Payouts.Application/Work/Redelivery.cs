namespace Baotou.Payouts.Application.Work;

/// <summary>How often a failing message is tried and how long it rests between (the platform reads its own copy in host.json).</summary>
public static class Redelivery
{
    /// <summary>
    /// Tries of one message on either host, the first included; after the last it is parked, in the cloud by way of the poison queue.
    /// </summary>
    public const int MostTries = 5;

    /// <summary>
    /// How long a message that failed rests in the cloud: longer than a storage hiccup, shorter than the sweep. The local host rests less.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
}
