using Baotou.Payouts.Domain.Facts;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Facts;

public sealed class Delivered_values_are_read
{
    [Theory]
    [InlineData("cost", "0", 0)]
    [InlineData("cost", "1234.56", 123456)]
    [InlineData("cost", "92233720368547758.07", long.MaxValue)]
    [InlineData("visitors", "0", 0)]
    [InlineData("visitors", "9223372036854775807", long.MaxValue)]
    [InlineData("distance", "0.001", 1)]
    [InlineData("distance", "12", 12000)]
    [InlineData("distance", "9223372036854775.807", long.MaxValue)]
    [InlineData("rate", "3.65", 365)]
    [InlineData("rate", "0", 0)]
    [InlineData("rate", "92233720368547758.07", long.MaxValue)]
    [InlineData("local", "true", 1)]
    [InlineData("local", "false", 0)]
    [InlineData("from", "2024-02-29", 738944)]
    public void In_the_smallest_unit_of_their_type(string field, string text, long number)
    {
        Assert.True(FactValue.TryRead(FieldOf(field), text, out var value, out var problem), problem);
        Assert.Equal(new FactValue(FieldOf(field).Type, number), value);
    }

    [Fact]
    public void Codes_and_texts_stay_texts()
    {
        Assert.True(FactValue.TryRead(FieldOf("mode"), "rail", out var code, out _));
        Assert.Equal(FactValue.OfCode("rail"), code);
        Assert.True(FactValue.TryRead(FieldOf("note"), new string('字', 200), out var text, out _));
        Assert.True(text.IsText && text.Text!.Length == 200);
    }

    [Theory]
    [InlineData("cost", "-0.01", "yuan, not negative")]
    [InlineData("cost", "1.234", "at most two decimals")]
    [InlineData("cost", "1e5", "yuan")]
    [InlineData("cost", "1,000", "yuan")]
    [InlineData("cost", "", "yuan")]
    [InlineData("cost", "92233720368547758.08", "within 64 bits")]
    [InlineData("visitors", "-1", "whole number")]
    [InlineData("visitors", "1.0", "whole number")]
    [InlineData("visitors", "1e2", "whole number")]
    [InlineData("visitors", "+1", "whole number")]
    [InlineData("visitors", " 1", "whole number")]
    [InlineData("visitors", "9223372036854775808", "whole number")]
    [InlineData("distance", "0.0001", "quantity in km")]
    [InlineData("distance", "-1", "not negative")]
    [InlineData("distance", "1e3", "quantity in km")]
    [InlineData("distance", "1,5", "quantity in km")]
    [InlineData("distance", "9223372036854775.808", "quantity in km")]
    [InlineData("distance", "99999999999999999999999999999", "quantity in km")]
    [InlineData("rate", "3.655", "per cent")]
    [InlineData("rate", "3.65%", "per cent")]
    [InlineData("rate", "-3", "per cent")]
    [InlineData("local", "True", "true or false")]
    [InlineData("local", "1", "true or false")]
    [InlineData("local", "是", "true or false")]
    [InlineData("from", "2023-02-29", "a day that exists")]
    [InlineData("from", "2023-13-01", "a day that exists")]
    [InlineData("from", "2023-1-1", "a day that exists")]
    [InlineData("from", "20230101", "a day that exists")]
    [InlineData("from", "2023-01-01T00:00:00", "a day that exists")]
    [InlineData("mode", "Rail", "one of rail, air, road")]
    [InlineData("mode", "", "one of rail, air, road")]
    public void Another_shape_is_refused_with_what_is_expected(string field, string text, string expected)
    {
        Assert.False(FactValue.TryRead(FieldOf(field), text, out var value, out var problem));
        Assert.Equal(default, value);
        Assert.Contains($"'{field}'", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.Contains($"'{text}'".Length > 42 ? "…" : $"'{text}'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_201_characters_is_refused_and_not_repeated_whole()
    {
        Assert.False(FactValue.TryRead(FieldOf("note"), new string('字', 201), out _, out var problem));
        Assert.True(problem.Length < 150);
    }

    [Fact]
    public void What_is_read_can_be_delivered_again() =>
        Gen.Select(Gen.Int[0, 3].Select(i => new[] { "cost", "visitors", "distance", "rate" }[i]), Gen.Long[0, long.MaxValue])
            .Sample(
                (name, number) =>
                {
                    var value = new FactValue(FieldOf(name).Type, number);
                    return FactValue.TryRead(FieldOf(name), value.ToDeliveredText(), out var back, out _) && back == value;
                }
            );

    [Fact]
    public void Days_flags_and_codes_can_be_delivered_again()
    {
        foreach (
            var (name, text) in new[] { ("from", "2024-02-29"), ("local", "true"), ("local", "false"), ("mode", "air"), ("note", "a:b") }
        )
        {
            Assert.True(FactValue.TryRead(FieldOf(name), text, out var value, out _));
            Assert.Equal(text, value.ToDeliveredText());
        }
    }

    private static FactField FieldOf(string name) => Given.Facts.Find("trip")!.Field(name)!;
}
