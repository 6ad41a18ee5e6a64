using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Web;

/// <summary>All log lines of this project: routes, ids and statuses; never tokens, bodies, queries or names.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 700, Level = LogLevel.Error, Message = "Request {RequestId} to {Route} failed.")]
    public static partial void Failed(this ILogger logger, string requestId, string route, Exception exception);

    [LoggerMessage(EventId = 701, Level = LogLevel.Warning, Message = "Request {RequestId} to {Route} took too long.")]
    public static partial void TookTooLong(this ILogger logger, string requestId, string route);

    [LoggerMessage(EventId = 702, Level = LogLevel.Information, Message = "Request {RequestId} to {Route}: {Status}.")]
    public static partial void Answered(this ILogger logger, string requestId, string route, int status);

    [LoggerMessage(
        EventId = 703,
        Level = LogLevel.Warning,
        Message = "Request {RequestId} to {Route}: what became of it could not be written into the audit log; the act itself is there."
    )]
    public static partial void OutcomeLost(this ILogger logger, string requestId, string route, Exception exception);
}
