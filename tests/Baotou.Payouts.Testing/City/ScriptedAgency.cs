using System.Globalization;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Testing.City;

/// <summary>An agency that tells what a test gives it, page by page, and no more than up to its as-of.</summary>
internal sealed class ScriptedAgency(string source, WalkKind kind = WalkKind.Cursor) : IAgency
{
    public List<DeliveredRecord> Told { get; } = [];

    public DateTimeOffset AsOf { get; set; }

    /// <summary>What a snapshot announces; null for the truth.</summary>
    public long? Announced { get; set; }

    /// <summary>What happens after a page was answered.</summary>
    public Action<ScriptedAgency>? AfterPage { get; set; }

    /// <summary>Answers every page in its place.</summary>
    public Func<string, AgencyPage>? Instead { get; set; }

    public string SnapshotId { get; set; } = "1";

    public string Source => source;

    public WalkKind Kind => kind;

    public Task<AgencyPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken)
    {
        if (Instead is { } instead)
            return Task.FromResult(instead(cursor));
        var from = cursor.Length == 0 ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var to = Math.Min(from + size, Told.Count);
        var page = new AgencyPage(
            [.. Told.Skip(from).Take(size)],
            [],
            Math.Max(from, to).ToString(CultureInfo.InvariantCulture),
            to >= Told.Count ? AsOf : null,
            kind == WalkKind.Snapshot ? Announced ?? Told.Count : null,
            kind == WalkKind.Snapshot ? SnapshotId : null
        );
        AfterPage?.Invoke(this);
        return Task.FromResult(page);
    }
}

/// <summary>A treasury that has an open account for everybody it was told of.</summary>
internal sealed class ScriptedRegister : IAccountRegister
{
    public List<PayeeAccount> Told { get; } = [];

    public Task<AccountPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken) =>
        Task.FromResult(new AccountPage(Told, [], "end", DateTimeOffset.UnixEpoch));
}
