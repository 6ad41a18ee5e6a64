using System.Globalization;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application.Tests.Objecting;

/// <summary>
/// A tiny city whose visits are shown for five working days, confirmed within ten days and to be paid within 280 days of the visit. The
/// calendar is that of the autumn of 2023: from 28 September on, five working days end on 11 October.
/// </summary>
internal sealed class ShownCity
{
    public const string Begins = "2023-09-28";
    public const string LastDay = "2023-10-11";
    public const string After = "2023-10-12";

    public static readonly WorkCalendar Autumn = new([
        new(2023, "国办发明电〔2022〕16号", [new(Day("2023-09-29"), Day("2023-10-06"))], [Day("2023-10-07"), Day("2023-10-08")]),
    ]);

    private static readonly Policy Visit = TinyList.Visit with
    {
        Terms = TinyList.Visit.Terms! with { NoticeDays = 5, Click = new Click(10), PaymentDays = 280 },
    };

    private readonly TinyCity _city;

    public ShownCity(int accounts = 2, WorkCalendar? calendar = null)
    {
        _city = new TinyCity { List = TinyList.Catalogue(Visit, TinyList.Figure) with { Calendar = calendar ?? Autumn } };
        _city.Accounts(accounts);
        _city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-11", 60)]);
        _city.Until("2023-01-31");
    }

    public WatchedRows Rows { get; } = new();

    public TinyCity City => _city;

    /// <summary>Reserves the money of both visits and shows them on <see cref="Begins"/>.</summary>
    public async Task BeginAsync()
    {
        await using var engine = On(Begins);
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        await SweepAsync(engine);
    }

    public Engine On(string day, IRowStore? rows = null) => new(_city, rows ?? Rows, day: Day(day));

    public static Task<int> SweepAsync(Engine engine) => engine.Get<Sweep>().PayoutsAsync(default);

    /// <summary>Sweeps on a day and tells how the first visit's payout stands then.</summary>
    public async Task<Payout> SweptAsync(string day)
    {
        await using var engine = On(day);
        await engine.Get<Approvals>().FinishAllAsync(default);
        await SweepAsync(engine);
        await engine.VerifyHoldsAsync();
        return await FirstAsync(engine);
    }

    public static async Task<Payout> FirstAsync(Engine engine) => (await engine.PayoutsAsync()).Single(p => p.Claim.Occasion == "v1");

    /// <summary>Objects to the first visit's payout.</summary>
    public static async Task<Objected> ObjectAsync(
        Engine engine,
        string subject = "enterprises-other",
        string key = "key-00000001",
        string text = "an objection"
    ) => await engine.Get<ObjectToPayout>().HandleAsync((await FirstAsync(engine)).Id, text, Mark(subject, key, text), default);

    public static async Task<ObjectionDecided> DecideAsync(
        Engine engine,
        Finding finding,
        string subject = "staff-sun",
        string key = "key-decision",
        int number = 1
    ) =>
        await engine
            .Get<DecideObjection>()
            .HandleAsync((await FirstAsync(engine)).Id, number, finding, "looked into", Mark(subject, key, finding.ToString()), default);

    public static async Task<IReadOnlyList<ObjectionCase>> CasesAsync(Engine engine) =>
        await engine.Get<IObjectionStore>().OfPayoutAsync((await FirstAsync(engine)).Id, default);

    public static async Task<List<Approval>> ApprovalsAsync(Engine engine) => [.. await engine.Get<IApprovalStore>().ListAsync(default)];

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static RequestMark Mark(string subject, string key, string body) => new(subject, key, ContentHash.OfText(body));
}
