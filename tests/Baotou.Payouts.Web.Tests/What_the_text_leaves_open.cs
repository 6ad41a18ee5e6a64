using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class What_the_text_leaves_open(City city)
{
    [Fact]
    public async Task Is_shown_whole_to_officers_and_auditors_with_the_question_in_both_languages()
    {
        foreach (var role in new[] { Role.Officer, Role.Auditor })
        {
            var shown = (await city.GetAsync("/api/catalogue/overlaps", city.Token(role)))
                .Json.GetProperty("overlaps")
                .EnumerateArray()
                .ToList();

            Assert.NotEmpty(shown);
            Assert.Equal(
                city.Catalogue.Overlaps.Select(o => (string.Join(' ', o.Between), o.Question.Zh, o.Question.En)),
                shown.Select(o =>
                    (
                        string.Join(' ', o.GetProperty("between").EnumerateArray().Select(b => b.GetString())),
                        o.GetProperty("questionZh").GetString()!,
                        o.GetProperty("questionEn").GetString()!
                    )
                )
            );
        }
    }

    [Fact]
    public async Task Is_shown_to_a_bureau_as_far_as_it_touches_an_entry_of_its_own()
    {
        string BureauOf(string entry) => city.Catalogue.VersionsOf(entry)[^1].Bureau;
        foreach (var bureau in city.Catalogue.Policies.Select(p => p.Bureau).Distinct())
        {
            var shown = (await city.GetAsync("/api/catalogue/overlaps", city.Token(Role.Bureau, bureau)))
                .Json.GetProperty("overlaps")
                .EnumerateArray()
                .ToList();

            Assert.All(shown, o => Assert.Contains(o.GetProperty("between").EnumerateArray(), b => BureauOf(b.GetString()!) == bureau));
            Assert.Equal(city.Catalogue.Overlaps.Count(o => o.Between.Any(b => BureauOf(b) == bureau)), shown.Count);
        }
    }
}
