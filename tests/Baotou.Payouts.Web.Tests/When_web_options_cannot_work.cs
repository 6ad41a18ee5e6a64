using Baotou.Payouts.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Web.Tests;

/// <summary>Both hosts add the HTTP side by the same options; what cannot work is named before anything is answered.</summary>
public sealed class When_web_options_cannot_work
{
    private static readonly TokenIssuer Staff = new()
    {
        Id = "staff",
        Issuer = "https://staff.example/",
        Audience = "payouts",
        Kind = IssuerKind.Staff,
        ReadKeys = _ => Task.FromResult(""),
    };
    private static readonly WebOptions Good = new() { Issuers = [Staff] };

    public static TheoryData<WebOptions, string> Bad =>
        new()
        {
            { Good with { MostBodyBytes = 0 }, "MostBodyBytes must be more than zero." },
            { Good with { TimeLimit = TimeSpan.Zero }, "TimeLimit must be longer than zero." },
            { Good with { RequestsPerMinute = 0 }, "RequestsPerMinute must be more than zero." },
            { Good with { AnonymousPerMinute = -1 }, "AnonymousPerMinute must be more than zero." },
            { Good with { Issuers = [Staff with { Id = "Staff:1" }] }, "Issuers:0:Id must be 1 to 40 of a-z, 0-9 and hyphens." },
            {
                Good with
                {
                    Issuers = [Staff, Staff with { Id = "other", Audience = "" }],
                },
                "Issuers:1:Audience must be the aud of its tokens."
            },
            {
                Good with
                {
                    Issuers = [Staff, Staff with { Id = "other" }],
                },
                "Issuers:1:Issuer must be another one: it stands there twice."
            },
            {
                Good with
                {
                    Issuers = [Staff, Staff with { Issuer = "https://other.example/" }],
                },
                "Issuers:1:Id must be another one: it stands there twice."
            },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void The_host_does_not_start_and_names_the_option(WebOptions options, string told) =>
        Assert.Equal(told, Assert.Throws<ArgumentException>(() => new ServiceCollection().AddWeb(options)).Message);

    [Fact]
    public void Whoever_believes_nobody_may_start() => Assert.Empty((Good with { Issuers = [] }).Problems());
}
