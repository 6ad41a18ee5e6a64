using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Application.Tests.Objecting;

/// <summary>Somebody changes an objection behind the engine's back; verifying names it.</summary>
public sealed class When_an_objections_row_was_changed
{
    [Fact]
    public async Task One_that_is_missing_is_found()
    {
        var (city, partition, row) = await ObjectedAsync();
        await city.Rows.TakeAsync(StorageKeys.Payouts, partition, row);

        Assert.EndsWith("is held for an objection that is not there", await DifferenceAsync(city), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\":2", "\"version\":1", "objection 1 did not hold it: version 1 is Notice")]
    [InlineData("\"number\":1", "\"number\":3", "!0003'")]
    public async Task One_that_says_what_cannot_be_is_found(string part, string other, string difference)
    {
        var (city, partition, row) = await ObjectedAsync();
        var body = row.Columns.Text("body");
        Assert.Contains(part, body, StringComparison.Ordinal);
        await city.Rows.PlantAsync(
            StorageKeys.Payouts,
            partition,
            row.RowKey,
            new RowColumns { ["body"] = body.Replace(part, other, StringComparison.Ordinal) }
        );

        Assert.EndsWith(difference, await DifferenceAsync(city), StringComparison.Ordinal);
    }

    private static async Task<(ShownCity City, string Partition, StoredRow Row)> ObjectedAsync()
    {
        var city = new ShownCity();
        await city.BeginAsync();
        await using var engine = city.On(ShownCity.LastDay);
        await ShownCity.ObjectAsync(engine);
        var (partition, row) = (await city.Rows.AllAsync(StorageKeys.Payouts)).Single(r => r.Row.RowKey[0] == 'u');
        return (city, partition, row);
    }

    private static async Task<string?> DifferenceAsync(ShownCity city)
    {
        await using var engine = city.On(ShownCity.LastDay);
        return (await engine.VerifyAsync()).Difference;
    }
}
