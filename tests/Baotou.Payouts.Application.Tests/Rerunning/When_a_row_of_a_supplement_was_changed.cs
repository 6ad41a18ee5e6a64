using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Rerunning;

/// <summary>
/// A supplement stands in line because two persons agreed to it in an applied run, and verifying names every row that says otherwise.
/// </summary>
public sealed class When_a_row_of_a_supplement_was_changed
{
    private readonly WatchedRows _rows = new();
    private readonly Corrected _corrected = new();

    [Fact]
    public async Task Without_its_agreement_it_is_found() => await FoundAsync("no two persons agreed", "granted!", row => null);

    [Fact]
    public async Task Taken_out_of_the_line_it_is_found() =>
        await FoundAsync("joins the line in round 3, and does not stand in it", "supplement!", row => null);

    [Theory]
    [InlineData("granted!", "\"identity\":\"", "two persons agreed to")]
    [InlineData("granted!", "\"run\":\"", "stands in line with another")]
    [InlineData("supplement!", "\"moment\":\"2", "stands in line with another")]
    [InlineData("supplement!", "\"amount\":", "stands in line with another")]
    [InlineData("supplement!", "\"round\":", "joins the line in round 3, and does not stand in it")]
    public async Task With_another_content_it_is_found(string partition, string field, string found) =>
        await FoundAsync(
            found,
            partition,
            body =>
            {
                var at = body.IndexOf(field, StringComparison.Ordinal) + field.Length;
                return body[..at]
                    + (
                        body[at] == '9' ? '8'
                        : body[at] is >= '0' and <= '8' ? (char)(body[at] + 1)
                        : '0'
                    )
                    + body[(at + 1)..];
            }
        );

    [Fact]
    public async Task An_agreement_that_nobody_applied_pays_nothing_and_is_found()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        var supplement = (await engine.EntitlementsAsync()).Single(e => e.State == EntitlementState.NeedsApproval);
        await engine
            .Get<IClaimStore>()
            .AddGrantAsync(
                Bucket.Of(supplement.Claim.Key.Uscc, Engine.Buckets),
                new SupplementGrant(supplement.Claim.Key, supplement.Identity, new string('0', 26)),
                default
            );

        _corrected.City.Until("2023-03-31");
        await engine.PassAsync();

        Assert.DoesNotContain(await engine.PayoutsAsync(), p => p.Claim.Number > 0);
        Assert.Contains("has no line that grants it", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    private async Task FoundAsync(string expected, string partition, Func<string, string?> change)
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        await Corrected.AgreeAsync(engine, await Corrected.AskAsync(engine, await Corrected.DryAsync(engine)));
        await Corrected.SettleAsync(engine);
        await engine.VerifyHoldsAsync();

        var (of, row) = (await _rows.AllAsync(StorageKeys.Entitlements)).Single(r =>
            r.Partition.StartsWith(partition, StringComparison.Ordinal)
        );
        if (change(row.Columns.Text("body")) is { } body)
            await _rows.PlantAsync(StorageKeys.Entitlements, of, row.RowKey, new RowColumns { ["body"] = body });
        else
            await _rows.TakeAsync(StorageKeys.Entitlements, of, row);

        Assert.Contains(expected, (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }
}
