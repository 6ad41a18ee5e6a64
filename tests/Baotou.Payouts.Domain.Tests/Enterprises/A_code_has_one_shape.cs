using Baotou.Payouts.Domain.Enterprises;

namespace Baotou.Payouts.Domain.Tests.Enterprises;

public sealed class A_code_has_one_shape
{
    [Theory]
    [InlineData(null, "has 18 characters, this has 0")]
    [InlineData("", "has 18 characters, this has 0")]
    [InlineData("91350100M000100Y4", "this has 17")]
    [InlineData("91350100M000100Y433", "this has 19")]
    [InlineData("91350100M000I00Y43", "character 13 ")]
    [InlineData("O1350100M000100Y43", "character 1 ")]
    [InlineData("91350100M000100Y4Z", "character 18 ")]
    [InlineData("9135 100M000100Y43", "character 5 ")]
    [InlineData("91350100M000100Y4包", "character 18 ")]
    [InlineData("\uff191350100M000100Y43", "character 1 ")]
    public void Another_shape_is_refused_with_the_place(string? text, string place)
    {
        Assert.False(Uscc.TryParse(text, out _, out var problem));
        Assert.Contains(place, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("91350100m000100y43")]
    [InlineData(" 91350100M000100Y43\t")]
    [InlineData("\u300091350100M000100Y43")]
    public void Lower_case_and_blanks_around_are_the_same_code(string text)
    {
        Assert.True(Uscc.TryParse(text, out var code, out var problem));
        Assert.Equal("91350100M000100Y43", code.Value);
        Assert.Equal(Uscc.Parse("91350100M000100Y43"), code);
        Assert.Equal("", problem);
    }

    [Fact]
    public void Parse_throws_what_TryParse_says()
    {
        var thrown = Assert.Throws<FormatException>(() => Uscc.Parse("X"));
        Assert.Contains("18 characters", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unset_code_has_no_value() => Assert.Throws<InvalidOperationException>(() => default(Uscc).Value);

    [Fact]
    public void Codes_sort_ordinally()
    {
        var codes = new[] { "91350100M000100Y43", "12350100M000100Y43", "A1350100M000100Y43" }
            .Select(Uscc.Parse)
            .Order()
            .Select(c => c.Value[0]);
        Assert.Equal("19A", string.Concat(codes));
    }
}
