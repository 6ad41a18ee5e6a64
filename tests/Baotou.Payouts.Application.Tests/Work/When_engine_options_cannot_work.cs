using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Application.Tests.Work;

/// <summary>Both hosts are put together from the same options; what cannot work is named before the first message.</summary>
public sealed class When_engine_options_cannot_work
{
    public static TheoryData<EngineOptions, string> Bad =>
        new()
        {
            {
                new() { Buckets = 0 },
                "Buckets must be 1 to 1,000, as it was when the store was made."
            },
            {
                new() { Buckets = 1_001 },
                "Buckets must be 1 to 1,000, as it was when the store was made."
            },
            {
                new() { PageSize = 0 },
                "PageSize must be 1 to 1,000."
            },
            {
                new() { PageSize = 1_001 },
                "PageSize must be 1 to 1,000."
            },
            {
                new() { RoundPatience = TimeSpan.FromTicks(-1) },
                "RoundPatience must be zero or longer."
            },
            {
                new() { SilenceAlarm = TimeSpan.Zero },
                "SilenceAlarm must be longer than zero."
            },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void The_host_does_not_start_and_names_the_option(EngineOptions options, string told) =>
        Assert.Equal(
            told,
            Assert.Throws<ArgumentException>(() => new ServiceCollection().AddApplication(new TinyCity().List, options)).Message
        );

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000, 1_000)]
    public void The_ends_of_the_ranges_work(int buckets, int pageSize) =>
        Assert.Empty(new EngineOptions { Buckets = buckets, PageSize = pageSize }.Problems());
}
