using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Matching;

/// <summary>An entry that paid for each record pays once from the next release on: what it claimed would be claimed again under another key.</summary>
public sealed class When_the_list_counts_an_occasion_otherwise
{
    private static readonly Policy Once = TinyList.Visit with
    {
        Terms = TinyList.Visit.Terms! with { Occasion = OccasionKind.Once },
        Hash = ContentHash.OfText("visit, once"),
    };

    private readonly WatchedRows _rows = new();

    [Fact]
    public async Task No_round_opens_before_the_entry_is_in_shadow_and_nothing_is_paid_twice()
    {
        await using var engine = await UpgradedAsync(claims: true);
        await engine.PassAsync();
        await engine.Get<OpenRound>().OnRequestAsync(default);
        Assert.Equal(new RoundStanding(1, 0), await engine.Get<IRoundLog>().StandingAsync(default));

        await Officers.DoAsync(engine, new Proposal.PutInShadow("visit"));
        Assert.Empty(await engine.Get<ImportPast>().HandleAsync([Paid("once")], default));
        await engine.PassAsync();
        await AgainAsync(engine);
        engine.City.Until("2023-04-30");
        await engine.PassAsync();

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_round_opens_where_nothing_was_claimed_of_it()
    {
        await using var engine = await UpgradedAsync(claims: false);
        await engine.PassAsync();

        Assert.Equal("2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    private static TakenKey Paid(string occasion) =>
        new("visit", occasion, TinyCity.Code(1), Fen.FromYuan(30), new DateOnly(2023, 2, 1), "visit v1");

    private static async Task AgainAsync(Engine engine)
    {
        var acts = engine.Get<OfficerActs>();
        var declared = new PolicyAct.PastDeclared("visit", TinyCity.Morning("2023-03-03"), 1, Fen.FromYuan(30));
        await acts.OnPolicyAsync(declared, "as paid", TinyCity.Persons, default);
        await acts.OnPolicyAsync(
            new PolicyAct.MadeAutomatic("visit", TinyCity.Morning("2023-03-04")),
            "as paid",
            TinyCity.Persons,
            default
        );
    }

    /// <summary>A round with the list as it was, and the engine that knows only the changed one, with a record more.</summary>
    private async Task<Engine> UpgradedAsync(bool claims)
    {
        await using (var before = new Engine(City(TinyList.Catalogue(), claims, 0), _rows))
        {
            await TinyCity.BeginAsync(before);
            await before.PassAsync();
        }

        var changed = TinyList.Catalogue(Once, TinyList.Figure) with { Version = ContentHash.OfText("tiny, once") };
        var city = City(changed, claims, 1);
        city.Until("2023-02-28");
        return new Engine(city, _rows);
    }

    private static TinyCity City(Catalogue list, bool claims, int more)
    {
        var city = new TinyCity { List = list };
        city.Accounts(2);
        if (claims)
            city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        if (more > 0)
            city.Culture.Told.Add(TinyCity.Visit(2, "v2", "2023-02-10", 30));
        city.Until("2023-01-31");
        return city;
    }
}
