using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Application.Pulling;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>AES-256-GCM under one key: a nonce of 12 bytes, a tag of 16, then the text.</summary>
public sealed class AccountCipher : IAccountCipher
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly byte[] _key;

    /// <summary>A cipher under a key of 32 bytes.</summary>
    public AccountCipher(byte[] key)
    {
        if (key.Length != 32) throw new ArgumentException($"The account key has {key.Length} bytes; it needs 32.", nameof(key));
        _key = key;
    }

    /// <inheritdoc/>
    public byte[] Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var data = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(data.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(data.AsSpan(0, NonceLength), plain, data.AsSpan(NonceLength + TagLength), data.AsSpan(NonceLength, TagLength));
        return data;
    }

    /// <inheritdoc/>
    public string Unseal(byte[] data)
    {
        if (data.Length < NonceLength + TagLength) throw new CryptographicException("Sealed account data are too short.");
        var plain = new byte[data.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(data.AsSpan(0, NonceLength), data.AsSpan(NonceLength + TagLength), data.AsSpan(NonceLength, TagLength), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
