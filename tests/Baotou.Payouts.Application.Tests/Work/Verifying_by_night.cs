using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Tests.Work;

/// <summary>A host that starts at any hour waits for the same moment of the night.</summary>
public sealed class Verifying_by_night
{
    [Theory]
    [InlineData("2023-06-30T18:29:59.999Z", "2023-06-30T18:30:00Z")]
    [InlineData("2023-06-30T18:30:00Z", "2023-07-01T18:30:00Z")]
    [InlineData("2023-07-01T00:00:00+08:00", "2023-06-30T18:30:00Z")]
    [InlineData("2023-07-01T02:30:01+08:00", "2023-07-01T18:30:00Z")]
    [InlineData("2023-12-31T23:00:00Z", "2024-01-01T18:30:00Z")]
    public void It_is_half_past_two_in_Baotou(string now, string next) =>
        Assert.Equal(
            DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture),
            Timetable.NextVerify(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture))
        );
}
