using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Web.Access;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Baotou.Payouts.Web.Tests;

public sealed class Tokens_are_believed_only_if_they_prove_something
{
    private const string Code = "91159900MA0000000A";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
    private readonly Tokens _staff = Tokens.Another("staff", IssuerKind.Staff);
    private readonly Tokens _enterprises = Tokens.Another("enterprises", IssuerKind.Enterprises);
    private readonly TokenCheck _check;

    public Tokens_are_believed_only_if_they_prove_something() =>
        _check = new TokenCheck(new WebOptions { Issuers = [_staff.Described, _enterprises.Described] }, _clock);

    private static Dictionary<string, object> Officer => new() { ["sub"] = "zhang", ["role"] = "officer" };

    [Fact]
    public async Task A_good_one_names_its_caller()
    {
        var staff = await AcceptedAsync(_staff.Sign(_clock.GetUtcNow(), Officer));
        var enterprise = await AcceptedAsync(
            _enterprises.Sign(_clock.GetUtcNow(), new Dictionary<string, object> { ["sub"] = "zhang", ["uscc"] = new[] { Code } })
        );

        Assert.Equal("staff:zhang", staff.Subject);
        Assert.True(staff.Is(Role.Officer));
        Assert.Equal("enterprises:zhang", enterprise.Subject);
        Assert.Equal(Code, Assert.Single(enterprise.Codes).Value);
    }

    [Fact]
    public async Task A_forged_one_is_refused()
    {
        var token = _staff.Sign(_clock.GetUtcNow(), Officer);
        var parts = token.Split('.');
        var payload = Encoding
            .UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1]))
            .Replace("officer", "approver", StringComparison.Ordinal);

        await RefusedAsync($"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}");
    }

    [Fact]
    public async Task One_without_a_signature_is_refused()
    {
        var payload = _staff.Sign(_clock.GetUtcNow(), Officer).Split('.')[1];

        await RefusedAsync($"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{payload}.");
        await RefusedAsync($"{Base64UrlEncoder.Encode("""{"alg":"None"}""")}.{payload}.AAAA");
    }

    [Fact]
    public async Task One_signed_with_the_public_key_as_a_shared_secret_is_refused()
    {
        var keys = await _staff.Described.ReadKeys(CancellationToken.None);
        var secret = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(keys)) { KeyId = "first" },
            SecurityAlgorithms.HmacSha256
        );

        await RefusedAsync(_staff.Sign(_clock.GetUtcNow(), Officer, by: secret));
    }

    [Fact]
    public async Task One_of_another_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        await RefusedAsync(
            _staff.Sign(
                _clock.GetUtcNow(),
                Officer,
                by: new SigningCredentials(new ECDsaSecurityKey(other) { KeyId = "first" }, SecurityAlgorithms.EcdsaSha256)
            )
        );
        await RefusedAsync(
            _staff.Sign(
                _clock.GetUtcNow(),
                Officer,
                by: new SigningCredentials(new ECDsaSecurityKey(other) { KeyId = "theirs" }, SecurityAlgorithms.EcdsaSha256)
            )
        );
    }

    [Fact]
    public async Task One_of_another_issuer_is_refused()
    {
        await RefusedAsync(_staff.Sign(_clock.GetUtcNow(), Officer, issuer: "https://elsewhere.example/"));
        await RefusedAsync(_enterprises.Sign(_clock.GetUtcNow(), Officer, issuer: "https://staff.example/"));
    }

    [Fact]
    public Task One_for_another_service_is_refused() => RefusedAsync(_staff.Sign(_clock.GetUtcNow(), Officer, audience: "elsewhere"));

    [Fact]
    public async Task One_is_valid_from_its_first_moment_to_its_last_give_or_take_a_minute()
    {
        var now = _clock.GetUtcNow();

        await AcceptedAsync(_staff.Sign(now, Officer, from: TimeSpan.FromSeconds(60)));
        await RefusedAsync(_staff.Sign(now, Officer, from: TimeSpan.FromSeconds(61)));
        await AcceptedAsync(_staff.Sign(now, Officer, from: TimeSpan.FromHours(-1), through: TimeSpan.FromSeconds(-59)));
        await RefusedAsync(_staff.Sign(now, Officer, from: TimeSpan.FromHours(-1), through: TimeSpan.FromSeconds(-60)));
    }

    [Fact]
    public Task One_that_never_ends_is_refused() => RefusedAsync(_staff.Sign(_clock.GetUtcNow(), Officer, through: TimeSpan.MaxValue));

    [Fact]
    public async Task One_that_is_too_long_is_refused_unread()
    {
        await RefusedAsync(_staff.Sign(_clock.GetUtcNow(), new Dictionary<string, object>(Officer) { ["more"] = new string('x', 8_192) }));
        await RefusedAsync(new string('a', 100_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("not a token")]
    public Task What_is_no_token_is_refused(string text) => RefusedAsync(text);

    [Theory]
    [InlineData("enterprise")]
    [InlineData("director")]
    [InlineData("Officer")]
    public Task A_staff_issuer_gives_no_other_role(string role) =>
        RefusedAsync(
            _staff.Sign(
                _clock.GetUtcNow(),
                new Dictionary<string, object>
                {
                    ["sub"] = "zhang",
                    ["role"] = role,
                    ["uscc"] = Code,
                }
            )
        );

    [Theory]
    [InlineData("officer")]
    [InlineData("auditor")]
    public Task An_issuer_of_enterprises_gives_no_other_role(string role) =>
        RefusedAsync(
            _enterprises.Sign(
                _clock.GetUtcNow(),
                new Dictionary<string, object>
                {
                    ["sub"] = "zhang",
                    ["role"] = role,
                    ["uscc"] = Code,
                }
            )
        );

    [Fact]
    public async Task An_enterprise_without_a_code_and_a_bureau_without_a_bureau_are_refused()
    {
        await RefusedAsync(
            _enterprises.Sign(_clock.GetUtcNow(), new Dictionary<string, object> { ["sub"] = "zhang", ["role"] = "enterprise" })
        );
        await RefusedAsync(_enterprises.Sign(_clock.GetUtcNow(), new Dictionary<string, object> { ["sub"] = "zhang", ["uscc"] = "short" }));
        await RefusedAsync(_staff.Sign(_clock.GetUtcNow(), new Dictionary<string, object> { ["sub"] = "zhang", ["role"] = "bureau" }));
        await RefusedAsync(
            _staff.Sign(
                _clock.GetUtcNow(),
                new Dictionary<string, object>
                {
                    ["sub"] = "zhang",
                    ["role"] = "bureau",
                    ["bureau"] = new[] { "science", "culture" },
                }
            )
        );
    }

    [Fact]
    public Task One_without_a_subject_is_refused() =>
        RefusedAsync(_staff.Sign(_clock.GetUtcNow(), new Dictionary<string, object> { ["sub"] = " ", ["role"] = "officer" }));

    [Fact]
    public async Task A_new_key_is_found_without_a_restart_and_the_issuer_is_not_asked_more_than_once_a_minute()
    {
        await AcceptedAsync(_staff.Sign(_clock.GetUtcNow(), Officer));
        _clock.Advance(TimeSpan.FromMinutes(2));
        _staff.Rotate("second");
        await AcceptedAsync(_staff.Sign(_clock.GetUtcNow(), Officer));
        Assert.Equal(2, _staff.Reads);

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var i = 0; i < 20; i++)
            await RefusedAsync(
                _staff.Sign(
                    _clock.GetUtcNow(),
                    Officer,
                    by: new SigningCredentials(new ECDsaSecurityKey(other) { KeyId = $"k{i}" }, SecurityAlgorithms.EcdsaSha256)
                )
            );

        Assert.Equal(2, _staff.Reads);
    }

    private async Task<Caller> AcceptedAsync(string token) =>
        Assert.IsType<TokenReading.Accepted>(await _check.ReadAsync(token, CancellationToken.None)).Caller;

    private async Task RefusedAsync(string token) =>
        Assert.IsType<TokenReading.Refused>(await _check.ReadAsync(token, CancellationToken.None));
}
