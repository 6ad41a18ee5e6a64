using System.Text;

namespace Baotou.Payouts.AzureStorage.Queues;

/// <summary>The limits of the queue service, checked before anything is sent, on every queue alike.</summary>
public static class QueueRules
{
    /// <summary>The most bytes of a body as UTF-8: 48 KiB, since Base64 makes 64 KiB of them, the service's limit.</summary>
    public const int MostBodyBytes = 48 * 1024;

    /// <summary>The most messages taken at once.</summary>
    public const int MostTaken = 32;

    /// <summary>The longest a message stays hidden: seven days.</summary>
    public static readonly TimeSpan LongestHiding = TimeSpan.FromDays(7);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Checks a queue's name: 3 to 63 lower-case ASCII letters, digits and single hyphens, a letter or digit at both ends.
    /// </summary>
    /// <exception cref="ArgumentException">It is no queue name.</exception>
    public static void CheckQueue(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        bool shaped =
            queue.Length is >= 3 and <= 63
            && queue.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-')
            && queue[0] != '-'
            && queue[^1] != '-'
            && !queue.Contains("--", StringComparison.Ordinal);
        if (!shaped)
        {
            throw new ArgumentException(
                $"'{queue}' is no queue name: 3 to 63 lower-case ASCII letters, digits and single hyphens.",
                nameof(queue)
            );
        }
    }

    /// <summary>Checks a body and the time it is to stay hidden.</summary>
    /// <exception cref="ArgumentException">The body is empty, too long or no valid UTF-16; the delay is negative or above seven
    /// days.</exception>
    public static void CheckMessage(string body, TimeSpan delay)
    {
        ArgumentException.ThrowIfNullOrEmpty(body);
        int bytes;
        try
        {
            bytes = Strict.GetByteCount(body);
        }
        catch (EncoderFallbackException refusal)
        {
            throw new ArgumentException("The body has half of a surrogate pair.", nameof(body), refusal);
        }

        if (bytes > MostBodyBytes)
        {
            throw new ArgumentException($"The body has {bytes} bytes, more than {MostBodyBytes}.", nameof(body));
        }

        CheckDelay(delay);
    }

    /// <summary>Checks the time a message is to stay hidden: zero to seven days, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside.</exception>
    public static void CheckDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, LongestHiding);
    }

    /// <summary>
    /// Checks how many messages are taken (1 to 32) and for how long they are hidden (one second to seven days, both included).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
    public static void CheckTaking(int most, TimeSpan visibility)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostTaken);
        ArgumentOutOfRangeException.ThrowIfLessThan(visibility, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibility, LongestHiding);
    }
}
