using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baotou.Payouts.Domain.Hashing;

/// <summary>SHA-256 of a canonical JSON text, in 64 lower-case hexadecimal digits. The same content gives the same hash on every machine and build.</summary>
/// <param name="Hex">64 digits.</param>
public readonly record struct ContentHash(string Hex)
{
    private static readonly JsonWriterOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false };

    /// <summary>What stands before the first link of a chain: 64 zeros.</summary>
    public static readonly ContentHash None = new(new string('0', 64));

    /// <summary>Hashes what <paramref name="write"/> writes. The writer's caller fixes the order of properties; nothing is sorted or left out here.</summary>
    public static ContentHash Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Canonical)) write(writer);
        return new ContentHash(Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan)));
    }

    /// <summary>Hashes texts joined by line feeds; used for keys whose parts hold no line feed.</summary>
    public static byte[] OfParts(params ReadOnlySpan<string> parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    /// <summary>The digits.</summary>
    public override string ToString() => Hex;
}
