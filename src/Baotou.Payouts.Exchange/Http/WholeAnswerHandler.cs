using System.Text.Json;

namespace Baotou.Payouts.Exchange.Http;

/// <summary>The body of an answer, whole in memory, with the code it states.</summary>
internal sealed class AnswerContent(byte[] bytes, int? code) : ByteArrayContent(bytes)
{
    /// <summary>The body.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>The top-level <c>code</c>; null in answers that are not successful by HTTP.</summary>
    public int? Code { get; } = code;

    /// <summary>
    /// However deep a broken record nests, it is that record's trouble and not the page's; the size of the answer bounds it.
    /// </summary>
    public const int MaxDepth = int.MaxValue;
}

/// <summary>
/// Reads each answer whole before it counts as an answer, never past the limit, and checks that it is one complete JSON text. It stands
/// below the retries: a torn answer is an <see cref="HttpRequestException"/> there, like a broken line, and the attempt's time-out covers
/// the body.
/// </summary>
internal sealed class WholeAnswerHandler(string agency, int maxBytes) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var bytes = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            response.Content = new AnswerContent(bytes, response.IsSuccessStatusCode ? CodeOf(bytes) : null);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
            throw Oversized();
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                using var whole = new MemoryStream();
                var buffer = new byte[16 * 1024];
                int read;
                while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    if (whole.Length + read > maxBytes)
                        throw Oversized();
                    whole.Write(buffer, 0, read);
                }

                return whole.ToArray();
            }
        }
        catch (IOException torn)
        {
            throw new HttpRequestException("the answer broke off", torn);
        }
    }

    /// <summary>Walks the whole text, so that a torn one is found, and picks up the code on the way.</summary>
    private static int? CodeOf(byte[] bytes)
    {
        int? code = null;
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = AnswerContent.MaxDepth });
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("code"))
                    continue;
                reader.Read();
                if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
                    code = number;
                else if (reader.TokenType == JsonTokenType.String && int.TryParse(reader.GetString(), out number))
                    code = number;
            }
        }
        catch (JsonException torn)
        {
            throw new HttpRequestException("the answer is not one whole JSON text", torn);
        }

        return code ?? throw new HttpRequestException("the answer states no code");
    }

    private AgencyException Oversized() =>
        new(agency, AgencyTrouble.Oversized, $"the answer is larger than {maxBytes} bytes; ask for smaller pages");
}
