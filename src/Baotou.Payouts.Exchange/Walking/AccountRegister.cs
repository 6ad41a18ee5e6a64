using System.Text.Json;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Exchange.Http;

namespace Baotou.Payouts.Exchange.Walking;

/// <summary>
/// The treasury's payee accounts, walked by cursor under convention A: <c>GET accounts?cursor=…&amp;size=…</c>, records
/// <c>{uscc, holder, number, bankCode, open, recordedAt, recordId}</c>. A record that cannot be read goes to quarantine with its digits
/// masked: an account number is never shown, not even in a broken record.
/// </summary>
internal sealed class AccountRegister(AgencyLine line) : IAccountRegister
{
    /// <inheritdoc/>
    public async Task<AccountPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken)
    {
        using var answer = await line.AskAsync(
                $"accounts?cursor={Uri.EscapeDataString(cursor)}&size={line.SizeWithin(size)}",
                cancellationToken
            )
            .ConfigureAwait(false);
        var data = line.Data(answer);
        var next = line.Member(data, "cursor", JsonValueKind.String).GetString()!;
        var asOf = line.AsOf(data);
        if (asOf is null && next == cursor)
            throw line.Misshapen("the page is not the last and its cursor does not move");
        List<PayeeAccount> accounts = [];
        List<UnreadableRecord> unreadable = [];
        var number = 0;
        foreach (var element in line.Member(data, "records", JsonValueKind.Array).EnumerateArray())
        {
            number++;
            try
            {
                accounts.Add(ReadOne(element));
            }
            catch (FormatException problem)
            {
                unreadable.Add(
                    new UnreadableRecord($"record {number} of the page after cursor '{cursor}'", Masked(element), problem.Message)
                );
            }
        }

        return new AccountPage(accounts, unreadable, next, asOf);
    }

    private static PayeeAccount ReadOne(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
            throw new FormatException($"a record is an object, this is a {record.ValueKind}");
        var recordedAt = Required(record, "recordedAt");
        if (
            !DateTimeOffset.TryParse(
                recordedAt,
                System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.AssumeUniversal,
                out var moment
            )
        )
            throw new FormatException("recordedAt expects a moment");
        return new PayeeAccount(
            Required(record, "uscc"),
            Required(record, "holder"),
            Digits(record, "number"),
            Digits(record, "bankCode"),
            RecordJson.Flag(record, "open", absent: false),
            moment.ToUniversalTime(),
            Required(record, "recordId")
        );
    }

    private static string Required(JsonElement record, string name) =>
        RecordJson.Part(record, name) switch
        {
            { Length: > 0 and <= 200 } text => text,
            _ => throw new FormatException($"{name} expects 1 to 200 characters"),
        };

    private static string Digits(JsonElement record, string name)
    {
        var text = Required(record, name);
        return text.Length <= 40 && !text.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? text
            : throw new FormatException($"{name} expects digits only, at most 40");
    }

    /// <summary>The record without a single digit: whatever shape the number has in it, it is not to be read.</summary>
    private static string Masked(JsonElement record) => string.Concat(RecordJson.Raw(record).Select(c => char.IsDigit(c) ? '•' : c));
}
