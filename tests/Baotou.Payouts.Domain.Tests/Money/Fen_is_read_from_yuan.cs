using Baotou.Payouts.Domain.Money;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Money;

public sealed class Fen_is_read_from_yuan
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("79", 7900)]
    [InlineData("79.5", 7950)]
    [InlineData("79.05", 7905)]
    [InlineData("79.50", 7950)]
    [InlineData("-0.01", -1)]
    [InlineData("-0", 0)]
    [InlineData("007", 700)]
    [InlineData("000000000000000000000012", 1200)]
    [InlineData("92233720368547758.07", long.MaxValue)]
    [InlineData("-92233720368547758.08", long.MinValue)]
    public void Digits_with_at_most_two_decimals_are_read(string text, long fen)
    {
        Assert.True(Fen.TryParseYuan(text, out var amount));
        Assert.Equal(new Fen(fen), amount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.234")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1元")]
    [InlineData("10万")]
    [InlineData("\uff11")]
    [InlineData("\u0663")]
    [InlineData("1.2.3")]
    [InlineData("1.-2")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("92233720368547758.08")]
    [InlineData("-92233720368547758.09")]
    [InlineData("999999999999999999999999")]
    [InlineData("0000000000000000000000001")]
    public void Anything_else_is_refused_and_leaves_zero(string? text)
    {
        Assert.False(Fen.TryParseYuan(text, out var amount));
        Assert.Equal(Fen.Zero, amount);
    }

    [Fact]
    public void Every_amount_reads_back_from_its_text_without_separators() =>
        Gen.Long.Sample(fen =>
            Fen.TryParseYuan(new Fen(fen).ToYuanText().Replace(",", "", StringComparison.Ordinal), out var back) && back.Value == fen
        );

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(5, "0.05")]
    [InlineData(-5, "-0.05")]
    [InlineData(123_450, "1,234.50")]
    [InlineData(-100_000_000, "-1,000,000.00")]
    [InlineData(long.MaxValue, "92,233,720,368,547,758.07")]
    [InlineData(long.MinValue, "-92,233,720,368,547,758.08")]
    public void People_read_yuan_with_two_decimals(long fen, string text) => Assert.Equal(text, new Fen(fen).ToYuanText());

    [Theory]
    [InlineData(long.MinValue, "-9223372036854775808")]
    [InlineData(1234567, "1234567")]
    public void Machines_read_plain_fen(long fen, string text) => Assert.Equal(text, new Fen(fen).ToString());
}
