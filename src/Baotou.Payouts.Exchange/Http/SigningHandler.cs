using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Baotou.Payouts.Application.Pulling;

namespace Baotou.Payouts.Exchange.Http;

/// <summary>
/// Signs each attempt anew (a nonce counts once, a time-stamp ten minutes) and sorts the answers by their code: 200 passes; 429 and 5xx are
/// trouble that may pass and are left to the retries above; everything else is a refusal. A refusal whose Date header shows that the clocks
/// differ is answered once, by setting our idea of the agency's clock right and signing again; if that too is refused for its time, the
/// retries above go on.
/// </summary>
internal sealed class SigningHandler(AgencyOptions agency, AgencyClock clock) : DelegatingHandler
{
    private const int Ok = 200;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var resynchronised = false; ; resynchronised = true)
        {
            var signedAt = Sign(request);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var content = (AnswerContent)response.Content;
            if (content.Code == Ok || IsTransient((int)response.StatusCode))
                return response;

            var (status, date) = (response.StatusCode, response.Headers.Date);
            response.Dispose();
            if (content.Code is { } code && IsTransient(code))
                throw new HttpRequestException($"the agency answered with code {code}");
            if (!clock.Learn(signedAt, date))
                throw Refused(status, content.Code);
            if (resynchronised)
                throw new HttpRequestException("the agency refused the request for its time, twice");
        }
    }

    private DateTimeOffset Sign(HttpRequestMessage request)
    {
        var now = clock.Now;
        var milliseconds = now.ToUnixTimeMilliseconds();
        var stamp = milliseconds.ToString(CultureInfo.InvariantCulture);
        if (agency.Kind == WalkKind.Cursor)
        {
            Set(request, "gjzwfwpt_rid", agency.ClientId);
            Set(request, "gjzwfwpt_sid", agency.ServiceId);
            Set(request, "gjzwfwpt_rtime", stamp);
            Set(request, "gjzwfwpt_sign", RequestSignature.OfCursorRequest(agency.ServiceId, agency.ClientId, milliseconds, agency.Secret));
            return now;
        }

        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Set(request, "X-Client-Id", agency.ClientId);
        Set(request, "X-Timestamp", stamp);
        Set(request, "X-Nonce", nonce);
        Set(request, "X-Signature", RequestSignature.OfSnapshotRequest(agency.ClientId, milliseconds, nonce, agency.Secret));
        return now;
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.Add(name, value);
    }

    private static bool IsTransient(int code) => code is 408 or 429 or >= 500;

    private AgencyException Refused(HttpStatusCode status, int? code) =>
        new(
            agency.Source,
            AgencyTrouble.Refused,
            $"the agency refused the request (HTTP {(int)status}, code {code?.ToString(CultureInfo.InvariantCulture) ?? "none"}); check its ids, secret and scope"
        );
}
