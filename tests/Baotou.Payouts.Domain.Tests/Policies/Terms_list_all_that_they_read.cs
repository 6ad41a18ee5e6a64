using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Policies;

public sealed class Terms_list_all_that_they_read
{
    private static readonly Condition Active = new Condition.Compare(new("state", "active"), Comparison.Equal, FactValue.Of(true));
    private static readonly Condition Listed = new Condition.OneOf(new("listing", "stage"), ["listed"]);

    private static string Fields(IEnumerable<FieldRef> fields) => string.Join(' ', fields);

    [Fact]
    public void Conditions()
    {
        static string Of(Condition condition) => Fields(TermsWalk.FieldsOf(condition));
        Assert.Equal("state.active", Of(Active));
        Assert.Equal("listing.stage", Of(Listed));
        Assert.Equal("trip.from", Of(new Condition.WithinDays(Trip("from"), null, 1)));
        Assert.Equal("trip.from state.established", Of(new Condition.WithinDays(Trip("from"), new("state", "established"), 1)));
        Assert.Equal("state.established", Of(new Condition.YearsSince(new("state", "established"), Comparison.AtLeast, 3)));
        Assert.Equal("state.active listing.stage", Of(new Condition.Count("trip", [Active, Listed], 0, 0, false, Comparison.AtLeast, 1)));
        Assert.Equal("trip.cost listing.stage", Of(new Condition.Total(Trip("cost"), [Listed], Comparison.AtLeast, Given.Yuan(1))));
        Assert.Equal("state.active listing.stage", Of(new Condition.AnyOf([Active, Listed])));
    }

    [Fact]
    public void Awards()
    {
        static string Of(Award award) => Fields(TermsWalk.FieldsOf(award));
        var percent = new Award.Percent(Trip("cost"), null, new Dictionary<string, BasisPoints>(), new(1));
        Assert.Equal("", Of(Given.Fixed(1)));
        Assert.Equal(
            "trip.mode trip.cost",
            Of(new Award.Tier(Trip("mode"), [new TierCase.ByCode("rail", percent), new TierCase.ByCode("air", Given.Fixed(1))]))
        );
        Assert.Equal("trip.cost", Of(percent));
        Assert.Equal("trip.cost trip.mode", Of(percent with { Class = Trip("mode") }));
        Assert.Equal("trip.visitors", Of(new Award.PerUnit(Trip("visitors"), null, 1, new Fen(1), null)));
        Assert.Equal("trip.visitors trip.nights", Of(new Award.PerUnit(Trip("visitors"), Trip("nights"), 1, new Fen(1), null)));
        Assert.Equal("trip.visitors", Of(new Award.Steps(Trip("visitors"), 1, new Fen(1), 1, new Fen(1))));
        Assert.Equal(
            "figure.revenue figure.first[-1]",
            Of(new Award.YearlySchedule(new("figure", "revenue"), new("figure", "first", -1), []))
        );
        Assert.Equal("trip.cost", Of(new Award.Interest(new InterestBasis.Paid(Trip("cost")), new(1))));
        Assert.Equal(
            "trip.cost trip.rate trip.nights",
            Of(new Award.Interest(new InterestBasis.Computed(Trip("cost"), Trip("rate"), Trip("nights"), 360), new(1)))
        );
        Assert.Equal(
            "trip.cost trip.visitors",
            Of(new Award.LowestOf([percent, new Award.Steps(Trip("visitors"), 1, new Fen(1), 1, new Fen(1))]))
        );
        Assert.Equal("trip.cost trip.city", Of(new Award.TopUp(percent, Trip("city"))));
    }

    [Fact]
    public void Ceilings_funding_occasion_and_group()
    {
        var terms = Given.Terms(new Award.Steps(Trip("visitors"), 1, new Fen(1), 1, new Fen(1)), Active);
        Assert.Equal("state.active trip.visitors", Fields(TermsWalk.FieldsOf(terms)));
        Assert.Equal(
            "state.active trip.visitors trip.city trip.county trip.mode trip.note trip.number",
            Fields(
                TermsWalk.FieldsOf(
                    terms with
                    {
                        Funding = new Funding.ByFact(Trip("city"), Trip("county")),
                        OnceBy = Trip("mode"),
                        Caps = [new Cap(new Fen(1), CapSpan.Year), new Cap(new Fen(1), CapSpan.Lifetime, Trip("note"))],
                        Group = new("g", Trip("number"), GroupSpan.Field, 1),
                    }
                )
            )
        );
    }

    [Fact]
    public void Kinds_are_those_of_the_anchor_of_the_fields_and_of_what_is_counted()
    {
        var counted = new Condition.Count("monthly", [Listed], 0, 0, false, Comparison.AtLeast, 1);
        Assert.Equal(["trip", "state"], TermsWalk.KindsOf(Given.Terms(Given.Fixed(1), Active)));
        Assert.Equal(["trip", "listing", "monthly"], TermsWalk.KindsOf(Given.Terms(Given.Fixed(1), counted)));
        Assert.Equal(
            ["trip", "state", "listing", "monthly"],
            TermsWalk.KindsOf(Given.Terms(Given.Fixed(1), new Condition.AnyOf([Active, counted])))
        );
    }

    [Fact]
    public void A_catalogue_finds_versions_pools_and_titles()
    {
        var (a, b) = (Given.Policy(null, "a"), Given.Policy(null, "b"));
        var young = a with { PublishedOn = Given.Day("2023-01-01") };
        var catalogue = Given.Catalogue(a, young, b) with
        {
            Bureaus = new Dictionary<string, Bilingual> { ["bureau"] = new("局", "Bureau") },
        };
        Assert.Equal([a, young], catalogue.VersionsOf("a"));
        Assert.Empty(catalogue.VersionsOf("c"));
        Assert.Empty(a.Ambiguity);
        Assert.Equal("pool", catalogue.Pool("pool").Id);
        Assert.Contains("'none'", Assert.Throws<KeyNotFoundException>(() => catalogue.Pool("none")).Message, StringComparison.Ordinal);
        Assert.Equal((new("局", "Bureau"), new("x", "x")), (catalogue.BureauTitle("bureau"), catalogue.BureauTitle("x")));
    }
}
