using Baotou.Payouts.Application.Pulling;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Exchange.Tests;

public sealed class When_options_cannot_work
{
    private static readonly AgencyOptions Good = new()
    {
        Source = "tax",
        BaseAddress = new Uri("https://tax.example/records/"),
        Kind = WalkKind.Cursor,
        ClientId = "c",
        ServiceId = "s",
        Secret = "k",
    };

    public static TheoryData<AgencyOptions, string> Bad =>
        new()
        {
            { Good with { BaseAddress = new Uri("http://tax.example/") }, "HTTPS" },
            { Good with { BaseAddress = new Uri("https://tax.example/records") }, "slash" },
            { Good with { ServiceId = "" }, "ServiceId" },
            { Good with { Secret = "" }, "Secret" },
            { Good with { Source = " " }, "Source" },
            { Good with { MaxPageSize = 0 }, "MaxPageSize" },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void The_start_fails_and_names_the_setting(AgencyOptions options, string setting) =>
        Assert.Contains(setting, Assert.Throws<ArgumentException>(() => Add(options)).Message);

    [Fact]
    public void A_source_that_stands_twice_is_refused() =>
        Assert.Contains("tax", Assert.Throws<ArgumentException>(() => Add(Good, Good)).Message);

    [Fact]
    public void Printed_options_do_not_show_the_secret() =>
        Assert.DoesNotContain("topsecret", (Good with { Secret = "topsecret" }).ToString());

    private static void Add(params AgencyOptions[] agencies) =>
        new ServiceCollection().AddExchange(new ExchangeOptions { Agencies = agencies });
}
