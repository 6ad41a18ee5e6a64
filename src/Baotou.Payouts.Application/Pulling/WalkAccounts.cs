using System.Text.Json;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>Walks the treasury's payee accounts. They decide nothing about who is entitled; they tell where the money goes.</summary>
public sealed class WalkAccounts(
    IAccountRegister register,
    ISourceLog sources,
    IAccountStore accounts,
    IAccountCipher cipher,
    IQuarantine quarantine,
    EngineOptions options
)
{
    /// <summary>The name of this dataset among the sources.</summary>
    public const string Source = "treasury";

    /// <summary>Walks to the end, unless that walk is over already. Doing it again stores the same rows.</summary>
    public async Task HandleAsync(long walk, CancellationToken cancellationToken)
    {
        var (standing, version) = await sources.ReadAsync(Source, cancellationToken);
        if (walk != standing.Walks + 1)
            return;
        var cursor = standing.Cursor;
        var delivered = standing.Delivered;
        AccountPage page;
        do
        {
            page = await register.ReadPageAsync(cursor, options.PageSize, cancellationToken);
            delivered += page.Accounts.Count + page.Unreadable.Count;
            await StoreAsync(page, cancellationToken);
            if (page.AsOf is null && page.Cursor == cursor)
                throw new InvalidDataException($"Source '{Source}' answered a page that leads nowhere after '{cursor}'.");
            cursor = page.Cursor;
        } while (page.AsOf is null);

        await sources.AdvanceAsync(
            standing with
            {
                Walks = standing.Walks + 1,
                Cursor = cursor,
                CompleteThrough = page.AsOf,
                Delivered = delivered,
            },
            version,
            cancellationToken
        );
    }

    private async Task StoreAsync(AccountPage page, CancellationToken cancellationToken)
    {
        var stored = new List<StoredAccount>();
        var refused = page.Unreadable.Select(u => RecordIntake.ToQuarantined(Source, "unreadable", u.Reason, u.Text)).ToList();
        foreach (var account in page.Accounts)
        {
            if (!Uscc.TryParse(account.Uscc, out var uscc, out var problem))
            {
                refused.Add(RecordIntake.ToQuarantined(Source, "code-shape", problem, $"account record {account.RecordId}"));
                continue;
            }

            var text = JsonSerializer.Serialize(
                new
                {
                    account.Holder,
                    account.Number,
                    account.BankCode,
                }
            );
            stored.Add(
                new StoredAccount(
                    uscc,
                    account.Number.Length <= 4 ? account.Number : account.Number[^4..],
                    account.Open,
                    account.RecordedAt,
                    account.RecordId,
                    cipher.Seal(text)
                )
            );
        }

        if (refused.Count > 0)
            await quarantine.AddAsync(refused, cancellationToken);
        EngineMeter.CountQuarantined(refused.Count);
        foreach (var bucket in stored.GroupBy(a => Bucket.Of(a.Uscc, options.Buckets)).OrderBy(g => g.Key))
            await accounts.PutAsync(bucket.Key, [.. bucket], cancellationToken);
    }
}
