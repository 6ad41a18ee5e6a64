using System.Security.Cryptography;
using System.Text;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>
/// AES-256 in Galois/counter mode: whoever changes a stored account number is found out when it is read. A sealed text is one byte naming
/// this form, 12 bytes that never repeat under one key, 16 bytes of proof, and the text.
/// </summary>
public sealed class AccountCipher : IAccountCipher
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    private const byte Form = 1;
    private const int NonceBytes = 12;
    private const int ProofBytes = 16;
    private const int TextAt = 1 + NonceBytes + ProofBytes;

    private readonly byte[] _key;

    /// <summary>Takes a key of <see cref="KeyBytes"/> bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public AccountCipher(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes)
        {
            throw new ArgumentException($"An account key has {KeyBytes} bytes, this one {key.Length}.", nameof(key));
        }

        _key = key.ToArray();
    }

    /// <inheritdoc/>
    public byte[] Seal(string text)
    {
        var open = Encoding.UTF8.GetBytes(text);
        var data = new byte[TextAt + open.Length];
        data[0] = Form;
        RandomNumberGenerator.Fill(Nonce(data));
        using var aes = new AesGcm(_key, ProofBytes);
        aes.Encrypt(Nonce(data), open, data.AsSpan(TextAt), Proof(data), data.AsSpan(0, 1));
        return data;
    }

    /// <inheritdoc/>
    public string Unseal(byte[] data)
    {
        if (data.Length < TextAt || data[0] != Form)
        {
            throw new CryptographicException("This is no sealed account.");
        }

        var open = new byte[data.Length - TextAt];
        using var aes = new AesGcm(_key, ProofBytes);
        aes.Decrypt(Nonce(data), data.AsSpan(TextAt), Proof(data), open, data.AsSpan(0, 1));
        return Encoding.UTF8.GetString(open);
    }

    private static Span<byte> Nonce(byte[] data) => data.AsSpan(1, NonceBytes);

    private static Span<byte> Proof(byte[] data) => data.AsSpan(1 + NonceBytes, ProofBytes);
}
