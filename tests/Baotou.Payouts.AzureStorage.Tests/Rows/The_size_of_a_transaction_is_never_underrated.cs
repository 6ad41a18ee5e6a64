using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

/// <summary>What the client library really sends is measured and compared with what the guard allows for.</summary>
public sealed class The_size_of_a_transaction_is_never_underrated
{
    public static TheoryData<string> Alphabets() =>
        new() { "abcXYZ019", "免申即享包头", "𠮷𠮶", " \"'<>&\\/+-_.:,;=()[]{}|!*@$%~^`\t\r\n\u007f\u00a0\u2028é", "0" };

    [Theory]
    [MemberData(nameof(Alphabets))]
    public async Task For_any_script(string alphabet)
    {
        System.Text.Rune[] runes = [.. alphabet.EnumerateRunes()];
        string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(n => runes[n % runes.Length]));
        string Key(int length) => string.Concat(Text(length).Where(unit => !char.IsControl(unit) && unit is not '/' and not '\\'));
        var columns = new RowColumns
        {
            ["text"] = Text(3000),
            ["empty"] = "",
            ["flag"] = false,
            ["fen"] = long.MinValue,
            ["n"] = 0L,
            ["bytes"] = new byte[1000],
        };
        foreach (int length in new[] { 1, 100 })
        {
            string partition = Key(length);
            RowWrite[] writes =
            [
                .. Enumerable.Range(0, 24).Select(n => new RowWrite.Add(Key(length) + n, columns)),
                .. Enumerable
                    .Range(24, 25)
                    .Select(n => new RowWrite.Update(Key(length) + n, "W/\"datetime'2022-12-31T00%3A00%3A00.0000000Z'\"", columns)),
                .. Enumerable.Range(49, 25).Select(n => new RowWrite.Put(Key(length) + n, [])),
                .. Enumerable
                    .Range(74, 26)
                    .Select(n => new RowWrite.Delete(Key(length) + n, "W/\"datetime'2022-12-31T00%3A00%3A00.0000000Z'\"")),
            ];

            long sent = await Measure(partition, writes);

            long allowed = writes.Sum(write =>
                RowSize.Sent(partition, write.RowKey, write is RowWrite.Add or RowWrite.Update ? columns : [])
            );
            Assert.InRange(sent, 1, allowed);
        }
    }

    private static async Task<long> Measure(string partition, RowWrite[] writes)
    {
        var ruler = new Ruler();
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        options.AddPolicy(ruler, HttpPipelinePosition.PerRetry);
        var table = new TableClient(
            new Uri("https://" + new string('a', 24) + ".table.example/"),
            new string('t', 63),
            new TableSharedKeyCredential(new string('a', 24), "AAAA"),
            options
        );
        await Assert.ThrowsAsync<NotSupportedException>(() =>
            table.SubmitTransactionAsync(writes.Select(write => Entities.Action(partition, write)))
        );
        return ruler.Length;
    }

    /// <summary>Measures the body and sends nothing.</summary>
    private sealed class Ruler : HttpPipelinePolicy
    {
        internal long Length { get; private set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            using var body = new MemoryStream();
            await message.Request.Content!.WriteToAsync(body, message.CancellationToken);
            Length = body.Length;
            throw new NotSupportedException("Measured.");
        }
    }
}
