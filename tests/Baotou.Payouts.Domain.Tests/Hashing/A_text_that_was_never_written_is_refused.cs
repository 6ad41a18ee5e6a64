using System.Text.Json;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Domain.Tests.Hashing;

public sealed class A_text_that_was_never_written_is_refused
{
    [Theory]
    [InlineData("1.5")]
    [InlineData("\"1\"")]
    [InlineData("9223372036854775808")]
    [InlineData("null")]
    public void As_money(string text) => Assert.Throws<JsonException>(() => CanonicalJson.Read<Fen>(text));

    [Theory]
    [InlineData("\"2023-05-31T09:00:00Z\"")]
    [InlineData("\"2023-05-31T09:00:00.000+08:00\"")]
    [InlineData("\"2023-05-31T09:00:00.000\"")]
    [InlineData("\"2023-02-30T09:00:00.000Z\"")]
    public void As_a_moment(string text) => Assert.Throws<JsonException>(() => CanonicalJson.Read<DateTimeOffset>(text));

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("\"2D711642B726B04401627CA9FBAC32F5C8530FB1903CC4DB02258717921A4881\"")]
    [InlineData("\"xx711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\"")]
    public void As_a_hash(string text) => Assert.Throws<JsonException>(() => CanonicalJson.Read<ContentHash>(text));

    [Theory]
    [InlineData("\"91350100M000100Y4\"")]
    public void As_a_code(string text) => Assert.Throws<JsonException>(() => CanonicalJson.Read<Uscc>(text));

    [Theory]
    [InlineData("3")]
    [InlineData("\"3\"")]
    [InlineData("\"Gone\"")]
    public void As_a_state(string text) => Assert.Throws<JsonException>(() => CanonicalJson.Read<PayoutState>(text));

    [Theory]
    [InlineData("""{"kind":"gift","id":"1"}""")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"document":"d","id":"1","kind":"close"}""")]
    [InlineData("null")]
    public void As_an_input(string text) => Assert.Throws<JsonException>(() => CanonicalJson.Read<PoolInput>(text));

    [Theory]
    [InlineData("""{"a":"Count:x"}""")]
    [InlineData("""{"a":"Count:"}""")]
    [InlineData("""{"a":"Count:9223372036854775808"}""")]
    [InlineData("""{"a":"1:5"}""")]
    [InlineData("""{"a":"99:5"}""")]
    [InlineData("""{"a":"count:5"}""")]
    [InlineData("""{"a":":5"}""")]
    [InlineData("""{"a":"5"}""")]
    [InlineData("""{"a":5}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":"Count:5","a":"Count:6"}""")]
    [InlineData("""["Count:5"]""")]
    [InlineData("\"Count:5\"")]
    public void As_the_values_of_a_fact(string values)
    {
        var text = CanonicalJson.Write(Given.Trip("1", "2023-01-01")).Replace("{}", values, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => CanonicalJson.Read<Fact>(text));
    }
}
