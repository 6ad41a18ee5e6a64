using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Baotou.Payouts.Exchange.Http;

/// <summary>The two signatures that agencies ask for. Both are base64(HMAC-SHA256(text, secret)), text and secret in UTF-8.</summary>
public static class RequestSignature
{
    /// <summary>How far a request's time may lie from the agency's clock, both ways. Ten minutes by both conventions.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    /// <summary>Convention A (<c>gjzwfwpt_sign</c>): over service id, requester id and milliseconds.</summary>
    public static string OfCursorRequest(string serviceId, string requesterId, long milliseconds, string secret) =>
        Sign(serviceId + requesterId + milliseconds.ToString(CultureInfo.InvariantCulture), secret);

    /// <summary>Convention B (<c>X-Signature</c>): over client id, milliseconds and nonce.</summary>
    public static string OfSnapshotRequest(string clientId, long milliseconds, string nonce, string secret) =>
        Sign(clientId + milliseconds.ToString(CultureInfo.InvariantCulture) + nonce, secret);

    /// <summary>Compares two signatures in constant time.</summary>
    public static bool Same(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static string Sign(string text, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
}
