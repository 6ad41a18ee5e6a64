using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baotou.Payouts.Domain.Hashing;

/// <summary>A SHA-256 in 64 lower-case hexadecimal digits.</summary>
/// <param name="Hex">64 digits.</param>
public readonly record struct ContentHash(string Hex)
{
    /// <summary>What stands before the first link of a chain: 64 zeros.</summary>
    public static readonly ContentHash None = new(new string('0', 64));

    /// <summary>The hash of a text in UTF-8.</summary>
    public static ContentHash OfText(string text) => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>The hash of the JSON that <paramref name="write"/> writes; whoever writes fixes the order of properties.</summary>
    public static ContentHash Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        return new ContentHash(Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan)));
    }

    /// <summary>The raw hash of texts joined by line feeds; for keys whose parts hold no line feed.</summary>
    public static byte[] OfParts(params ReadOnlySpan<string> parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    /// <summary>The digits.</summary>
    public override string ToString() => Hex;
}
