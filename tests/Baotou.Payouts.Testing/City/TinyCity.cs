using System.Globalization;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Testing.City;

/// <summary>The two agencies, the treasury and the officers of a test. Whatever it does is the same each time it is done.</summary>
internal sealed class TinyCity
{
    public static readonly TwoPersons Persons = new("wang", "li");

    public Catalogue List { get; init; } = TinyList.Catalogue();

    /// <summary>In which wording its engine says receipts: an older one for a release before this.</summary>
    public int WordedAs { get; init; } = Wording.Latest;

    /// <summary>How many enterprises a scenario tells of.</summary>
    public int Enterprises { get; init; }

    public ScriptedAgency Culture { get; init; } = new("culture");

    public ScriptedAgency Tax { get; init; } = new("tax");

    public ScriptedRegister Treasury { get; } = new();

    /// <summary>The last millisecond of a day.</summary>
    public static DateTimeOffset End(string day) => ChinaTime.EndOf(Day(day));

    public static DateTimeOffset Morning(string day) => ChinaTime.StartOf(Day(day)).AddHours(9);

    public static DeliveredRecord Visit(
        int enterprise,
        string record,
        string day,
        long visitors,
        string? recordedOn = null,
        string batch = "",
        bool withdrawn = false
    ) =>
        new(
            TinyList.Code(enterprise).Value,
            "visit",
            "",
            day,
            Text(Morning(recordedOn ?? day)),
            record,
            "culture",
            batch,
            withdrawn,
            withdrawn ? new Dictionary<string, string>() : new() { ["visitors"] = visitors.ToString(CultureInfo.InvariantCulture) }
        );

    public static DeliveredRecord Figure(int enterprise, int year, string recordedOn, long yuan) =>
        new(
            TinyList.Code(enterprise).Value,
            "figure",
            year.ToString(CultureInfo.InvariantCulture),
            $"{year}-12-31",
            Text(Morning(recordedOn)),
            $"f{enterprise}-{year}",
            "tax",
            "",
            false,
            new Dictionary<string, string> { ["revenue"] = yuan.ToString(CultureInfo.InvariantCulture) }
        );

    public static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Both agencies have told everything up to the end of a day.</summary>
    public void Until(string day) => Culture.AsOf = Tax.AsOf = End(day);

    /// <summary>Gives enterprises 1 to <paramref name="last"/> a payee account.</summary>
    public void Accounts(int last)
    {
        for (var i = 1; i <= last; i++)
            Treasury.Told.Add(
                new PayeeAccount(TinyList.Code(i).Value, "沙盒", "6200000000001234", "102", true, Morning("2023-01-01"), $"a{i}")
            );
    }

    /// <summary>Opens the pools of 2023 with so many yuan each and makes both entries automatic.</summary>
    public static async Task BeginAsync(Engine engine, long cultureYuan = 1_000, long taxYuan = 1_000)
    {
        await OpenAsync(engine, TinyList.Culture, cultureYuan);
        await OpenAsync(engine, TinyList.Tax, taxYuan);
        await AutomaticAsync(engine, "visit", "figure");
    }

    public static async Task OpenAsync(Engine engine, PoolYear pool, long yuan, bool awaitsCarryIn = false)
    {
        await engine.Get<OfficerActs>().OpenPoolAsync(pool, "seed", awaitsCarryIn, Morning("2023-01-01"), Persons, default);
        if (yuan > 0)
            await AppropriateAsync(engine, pool, 1, yuan);
    }

    public static Task AppropriateAsync(Engine engine, PoolYear pool, int number, long yuan) =>
        engine
            .Get<OfficerActs>()
            .AppropriateAsync(
                pool,
                $"appropriation:{number}",
                Fen.FromYuan(yuan),
                $"no. {number}",
                Morning("2023-01-01"),
                Persons,
                default
            );

    /// <summary>Declares what is imported as all there was, and takes the entries out of shadow, unless they are.</summary>
    public static async Task AutomaticAsync(Engine engine, params string[] policies)
    {
        var done = await engine.Get<IActLog>().PolicyActsAsync(default);
        foreach (var policy in policies.Where(p => !EntryActs.IsAutomatic(done, p)))
        {
            var (payments, amount) = await engine.Get<PaidBefore>().TotalAsync(policy, default);
            await engine
                .Get<OfficerActs>()
                .OnPolicyAsync(
                    new PolicyAct.PastDeclared(policy, Morning("2023-01-01"), payments, amount),
                    "all is imported",
                    Persons,
                    default
                );
            await engine
                .Get<OfficerActs>()
                .OnPolicyAsync(new PolicyAct.MadeAutomatic(policy, Morning("2023-01-01")), "all is imported", Persons, default);
        }
    }

    public static Uscc Code(int number) => TinyList.Code(number);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
