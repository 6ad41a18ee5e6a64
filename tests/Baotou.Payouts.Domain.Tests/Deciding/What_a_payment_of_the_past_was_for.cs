using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

/// <summary>People write years, numbers and names; the key they stand for is the one the engine would give the same payment.</summary>
public sealed class What_a_payment_of_the_past_was_for
{
    private static readonly Terms OfRecord = Given.Terms(Given.Fixed(5));
    private static readonly Terms OfYear = OfRecord with { Occasion = OccasionKind.Year };
    private static readonly Terms Once = OfRecord with { Occasion = OccasionKind.Once };
    private static readonly Terms OnceByCode = Once with { OnceBy = Trip("mode") };
    private static readonly Terms OnceByText = Once with { OnceBy = Trip("note") };

    [Fact]
    public void Is_the_key_of_the_same_award_worked_out_here()
    {
        var trip = Given.Trip("r 7", "2023-06-15", ("mode", Given.Code("rail")), ("note", new FactValue(FieldType.Text, 0, "项目 T-1")));

        Assert.All(
            [
                (OfRecord, "r 7"),
                (OfYear, "2023"),
                (Once, "once"),
                (OnceByCode, "rail"),
                (OnceByCode, "rail码"),
                (OnceByCode, "once:rail"),
                (OnceByText, "项目 T-1"),
            ],
            said => Assert.Equal(All(said.Item1, trip).Single().Occasion, Read(said.Item1, said.Item2).Key)
        );
    }

    [Fact]
    public void May_be_the_key_itself()
    {
        var key = Read(OnceByText, "T-1").Key!;

        Assert.Matches("^once:[0-9a-f]{20}$", key);
        Assert.Equal(key, Read(OnceByText, key).Key);
    }

    [Theory]
    [InlineData("22", "'22' is not the year, as 2022")]
    [InlineData("2022年", "is not the year")]
    [InlineData("2022-05", "is not the year")]
    [InlineData("once", "is not the year")]
    public void Of_a_yearly_award_is_a_year(string written, string problem) => Refused(OfYear, written, problem);

    [Fact]
    public void Of_a_monthly_figure_is_a_month()
    {
        var monthly = new FactDictionary([
            .. Given.Facts.Kinds.Select(k => k.Id == OfYear.Anchor ? k with { Period = PeriodKind.Month } : k),
        ]);

        Assert.Equal("2022-05", WrittenOccasion.Read(OfYear, monthly, "2022-05").Key);
        Assert.Contains("is not the month, as 2022-05", WrittenOccasion.Read(OfYear, monthly, "2022").Problem, StringComparison.Ordinal);
        Assert.Null(WrittenOccasion.Read(OfYear, monthly, "2022-13").Key);
    }

    [Theory]
    [InlineData("2022")]
    [InlineData("once:x")]
    [InlineData("")]
    public void Of_what_is_paid_once_is_once(string written) => Refused(Once, written, "write 'once'");

    [Theory]
    [InlineData("bus")]
    [InlineData("once:bus")]
    [InlineData("once:")]
    public void Of_one_for_each_code_is_one_of_them(string written) =>
        Refused(OnceByCode, written, "is none of rail (rail码), air (air码)");

    [Theory]
    [InlineData("")]
    [InlineData("once:")]
    [InlineData("once:0123")]
    [InlineData("once:0123456789ABCDEF0123")]
    public void Of_one_for_each_text_is_that_text(string written) =>
        Refused(OnceByText, written, "does not say for which 备注 (note) the entry paid");

    private static WrittenOccasion Read(Terms terms, string written) => WrittenOccasion.Read(terms, Given.Facts, written);

    private static void Refused(Terms terms, string written, string problem)
    {
        var read = Read(terms, written);
        Assert.Null(read.Key);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
    }
}
