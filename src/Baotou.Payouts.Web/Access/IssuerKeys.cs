using Microsoft.IdentityModel.Tokens;

namespace Baotou.Payouts.Web.Access;

/// <summary>
/// The public keys of one issuer. Read once, again every hour, and at most once a minute when a token names a key that is not there,
/// so that nobody can make this service ask the issuer as often as they like. If reading fails, the keys read before go on to count.
/// </summary>
internal sealed class IssuerKeys(TokenIssuer issuer, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Known? _known;

    private sealed record Known(IReadOnlyList<SecurityKey> Keys, DateTimeOffset TriedAt);

    /// <summary>The keys, read again if they are old.</summary>
    public async Task<IReadOnlyList<SecurityKey>> GetAsync(CancellationToken cancellationToken) =>
        _known is { } known && clock.GetUtcNow() - known.TriedAt < Fresh ? known.Keys : await ReadAsync(Fresh, cancellationToken);

    /// <summary>The keys, read again unless that was tried less than a minute ago.</summary>
    public Task<IReadOnlyList<SecurityKey>> RenewAsync(CancellationToken cancellationToken) => ReadAsync(Apart, cancellationToken);

    private async Task<IReadOnlyList<SecurityKey>> ReadAsync(TimeSpan unlessWithin, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (_known is { } known && now - known.TriedAt < unlessWithin)
                return known.Keys;
            IReadOnlyList<SecurityKey> before = _known?.Keys ?? [];
            try
            {
                var read = new JsonWebKeySet(await issuer.ReadKeys(cancellationToken));
                _known = new Known([.. read.GetSigningKeys()], now);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (before.Count == 0)
                    throw;
                _known = new Known(before, now);
            }

            return _known.Keys;
        }
        finally
        {
            _one.Release();
        }
    }
}
