using System.Collections.Concurrent;
using System.Globalization;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Exchange;
using Baotou.Payouts.Exchange.Http;
using Microsoft.AspNetCore.Http;

namespace Baotou.Payouts.Local.Sandbox;

/// <summary>The door of one dataset: checks ids, time-stamp, nonce and signature, by the clock that the agency believes in.</summary>
internal sealed class SandboxGate(AgencyOptions agency, TimeProvider time)
{
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(20);
    private const int MostNonces = 100_000;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _nonces = new(StringComparer.Ordinal);
    private int _jumped;

    /// <summary>The agency's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + (Volatile.Read(ref _jumped) == 1 ? Jump : TimeSpan.Zero);

    /// <summary>Puts the clock twenty minutes on, or back again.</summary>
    public void JumpClock()
    {
        if (Interlocked.CompareExchange(ref _jumped, 1, 0) == 1)
            Volatile.Write(ref _jumped, 0);
    }

    /// <summary>Why the request is not let in; null if it is.</summary>
    public string? Refusal(IHeaderDictionary headers) => agency.Kind == WalkKind.Cursor ? CursorRefusal(headers) : SnapshotRefusal(headers);

    private string? CursorRefusal(IHeaderDictionary headers)
    {
        if (headers["gjzwfwpt_rid"] != agency.ClientId || headers["gjzwfwpt_sid"] != agency.ServiceId)
            return "unknown requester or service";
        if (TimeRefusal(headers["gjzwfwpt_rtime"], out var milliseconds) is { } refusal)
            return refusal;
        var expected = RequestSignature.OfCursorRequest(agency.ServiceId, agency.ClientId, milliseconds, agency.Secret);
        return RequestSignature.Same(expected, headers["gjzwfwpt_sign"].ToString()) ? null : "the signature does not fit";
    }

    private string? SnapshotRefusal(IHeaderDictionary headers)
    {
        var nonce = headers["X-Nonce"].ToString();
        if (headers["X-Client-Id"] != agency.ClientId)
            return "unknown client";
        if (TimeRefusal(headers["X-Timestamp"], out var milliseconds) is { } refusal)
            return refusal;
        if (nonce.Length is < 8 or > 64)
            return "a nonce has 8 to 64 characters";
        var expected = RequestSignature.OfSnapshotRequest(agency.ClientId, milliseconds, nonce, agency.Secret);
        if (!RequestSignature.Same(expected, headers["X-Signature"].ToString()))
            return "the signature does not fit";
        if (_nonces.Count > MostNonces)
            Forget();
        return _nonces.TryAdd(nonce, Now) ? null : "the nonce was used before";
    }

    /// <summary>A nonce need only be known as long as its time-stamp could be valid, whichever way the clock jumped since.</summary>
    private void Forget()
    {
        foreach (var (nonce, used) in _nonces)
            if ((Now - used).Duration() > Jump + (2 * RequestSignature.Validity))
                _nonces.TryRemove(nonce, out _);
    }

    private string? TimeRefusal(string? text, out long milliseconds)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out milliseconds))
            return "the time-stamp is no number of milliseconds";
        return
            (Now.ToUnixTimeMilliseconds() - (decimal)milliseconds) is var late
            && Math.Abs(late) > (decimal)RequestSignature.Validity.TotalMilliseconds
            ? "the time-stamp is outside its ten minutes"
            : null;
    }
}
