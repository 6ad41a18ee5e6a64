using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Domain.Tests.Facts;

public sealed class The_hash_of_a_fact_is_its_own
{
    private static readonly Fact One = Given.Trip("1", "2023-03-01", ("visitors", Given.Count(10)));

    [Fact]
    public void A_changed_copy_has_another_hash_even_when_the_first_was_asked_for()
    {
        var hash = One.Hash;
        Assert.NotEqual(hash, (One with { Withdrawn = true }).Hash);
        Assert.Equal(hash, (One with { Withdrawn = true } with { Withdrawn = false }).Hash);
    }

    [Fact]
    public void Every_part_is_covered()
    {
        Fact[] others =
        [
            One with
            {
                Uscc = Domain.Enterprises.Uscc.Parse("91350100M000100Y43"),
            },
            One with
            {
                Kind = "listing",
            },
            One with
            {
                Period = "2022",
            },
            One with
            {
                EffectiveOn = One.EffectiveOn.AddDays(1),
            },
            One with
            {
                RecordedAt = One.RecordedAt.AddMilliseconds(1),
            },
            One with
            {
                RecordId = "2",
            },
            One with
            {
                Source = "file",
            },
            One with
            {
                Batch = "b",
            },
            One with
            {
                Withdrawn = true,
            },
            One with
            {
                Values = One.Values.Add("nights", Given.Count(1)),
            },
            One with
            {
                Values = One.Values.SetItem("visitors", new(FieldType.Quantity, 10)),
            },
        ];
        Assert.Equal(others.Length + 1, others.Append(One).Select(f => f.Hash).Distinct().Count());
        Assert.All(others, o => Assert.NotEqual(One, o));
    }

    [Fact]
    public void Two_deliveries_of_one_datum_are_equal_whichever_hash_was_asked_for()
    {
        var again = Given.Trip("1", "2023-03-01", ("visitors", Given.Count(10)));
        _ = One.Hash;
        Assert.Equal(One, again);
        Assert.Equal(One.GetHashCode(), again.GetHashCode());
    }
}
