using System.Net.Sockets;
using Polly;
using Polly.Timeout;

namespace Baotou.Payouts.Exchange.Http;

/// <summary>Why an attempt failed, in a few words: what an agency wrote stays out of them, since it may name anybody.</summary>
internal static class AttemptTrouble
{
    /// <summary>
    /// "HTTP 503", "no answer in time", "ConnectionError, ConnectionRefused", what the answer lacked, or else the kind of the exception.
    /// </summary>
    public static string Of(Outcome<HttpResponseMessage> outcome) =>
        outcome switch
        {
            { Result: { } response } => $"HTTP {(int)response.StatusCode}",
            { Exception: TimeoutRejectedException } => "no answer in time",
            { Exception: HttpRequestException trouble } => Of(trouble),
            { Exception: { } trouble } => trouble.GetType().Name,
            _ => "no reason",
        };

    /// <summary>A text that names no kind of error is one of ours.</summary>
    private static string Of(HttpRequestException trouble) =>
        trouble switch
        {
            { HttpRequestError: HttpRequestError.Unknown } => trouble.Message,
            { InnerException: SocketException socket } => $"{trouble.HttpRequestError}, {socket.SocketErrorCode}",
            { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } tls } =>
                $"{trouble.HttpRequestError}, {tls.Message}",
            _ => trouble.HttpRequestError.ToString(),
        };
}
