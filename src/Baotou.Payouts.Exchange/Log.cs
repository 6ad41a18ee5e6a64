using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Exchange;

/// <summary>The log lines of this project: sources, counts and kinds of trouble, never what an agency wrote.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 110,
        Level = LogLevel.Warning,
        Message = "Source {Source}: attempt {Attempt} of {Attempts} failed after {Milliseconds} ms ({Trouble}) and is made again."
    )]
    public static partial void AttemptFailed(
        this ILogger logger,
        string source,
        int attempt,
        int attempts,
        long milliseconds,
        string trouble
    );

    [LoggerMessage(
        EventId = 111,
        Level = LogLevel.Warning,
        Message = "Source {Source}: nearly every attempt fails, the last with {Trouble}; nothing is sent for {Seconds} s."
    )]
    public static partial void LineBroken(this ILogger logger, string source, string trouble, long seconds);
}
