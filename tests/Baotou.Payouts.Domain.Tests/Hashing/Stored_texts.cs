using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Domain.Tests.Hashing;

/// <summary>
/// One value of everything that is stored or hashed, with the text it must have for ever: a change of any of these texts breaks every
/// chain, so it must be seen here first.
/// </summary>
public sealed class Stored_texts
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";
    private static readonly ContentHash Hash = ContentHash.OfText("x");
    private static readonly ClaimKey Key = new("19-cont-2", "2022", Uscc.Parse("91350100M000100Y43"), 1);
    private const string KeyText = """{"policy":"19-cont-2","occasion":"2022","uscc":"91350100M000100Y43","number":1}""";

    private static readonly Fact Fact = new()
    {
        Uscc = Uscc.Parse("91350100M000100Y43"),
        Kind = "trip",
        Period = "2022-05",
        EffectiveOn = new DateOnly(2022, 5, 31),
        RecordedAt = new DateTimeOffset(2022, 6, 1, 9, 30, 0, 5, TimeSpan.FromHours(8)),
        RecordId = "包文旅-7",
        Source = "culture",
        Batch = "b\"1\"",
        Values = new Dictionary<string, FactValue>
        {
            ["visitors"] = FactValue.OfCount(79),
            ["cost"] = new(FieldType.Money, long.MaxValue),
            ["mode"] = FactValue.OfCode("rail"),
            ["note"] = new(FieldType.Text, 0, "a:b <é>"),
            ["local"] = FactValue.Of(true),
            ["from"] = FactValue.Of(new DateOnly(2022, 5, 1)),
            ["rate"] = new(FieldType.Rate, 365),
            ["distance"] = new(FieldType.Quantity, 1),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private static readonly PoolHead Head = new()
    {
        Appropriated = new(9),
        CarriedIn = new(8),
        Cut = new(1),
        CarriedOut = new(2),
        Free = new(7),
        Reserved = new(4),
        Paid = new(3),
        Seq = 12,
        Hash = Hash,
        Done = 6,
        Seed = "s",
        WholeOnly = true,
        AwaitsCarryIn = true,
        Closed = true,
        CursorRound = 3,
        CursorPlace = 2,
        CursorBase = 5,
        Part = 1,
        Granted = new(2),
        Announced = 11,
    };

    private static readonly PoolEntry Entry = new()
    {
        Seq = 12,
        Kind = EntryKind.Reserved,
        Amount = new(5),
        Claim = Key,
        ClaimHash = Hash,
        Round = 3,
        Place = 2,
        Part = 1,
        County = new(4),
        Free = new(7),
        Reserved = new(4),
        Paid = new(3),
        Previous = ContentHash.None,
    };

    private static readonly PoolClaim Claim = new(Key, new Fen(5), new Fen(4), "k!1", 2, new Fen(6), Hash, ContentHash.None, true);

    private static readonly Payout Payout = Domain.Payouts.Payout.From(Entry, new PoolYear("pool", 2023), 100) with
    {
        Version = 2,
        Intent = "i",
        Note = "n",
        State = PayoutState.ClawbackDue,
    };

    public static TheoryData<string, string> Texts =>
        new()
        {
            {
                nameof(Fact),
                """{"uscc":"91350100M000100Y43","kind":"trip","period":"2022-05","effectiveOn":"2022-05-31","recordedAt":"2022-06-01T01:30:00.005Z","recordId":"包文旅-7","source":"culture","batch":"b\"1\"","withdrawn":false,"values":{"cost":"Money:9223372036854775807","distance":"Quantity:1","from":"Date:738275","local":"Flag:1","mode":"Code:rail","note":"Text:a:b <é>","rate":"Rate:365","visitors":"Count:79"}}"""
            },
            {
                nameof(Claim),
                $$"""{"key":{{KeyText}},"amount":5,"county":4,"orderKey":"k!1","firstPart":2,"grantedBefore":6,"entryHash":"{{Hash}}","factsHash":"{{Zeros}}","late":true}"""
            },
            {
                nameof(Head),
                $$"""{"appropriated":9,"carriedIn":8,"cut":1,"carriedOut":2,"free":7,"reserved":4,"paid":3,"seq":12,"hash":"{{Hash}}","done":6,"seed":"s","wholeOnly":true,"awaitsCarryIn":true,"closed":true,"cursorRound":3,"cursorPlace":2,"cursorBase":5,"part":1,"granted":2,"announced":11}"""
            },
            {
                nameof(Entry),
                $$"""{"seq":12,"kind":"Reserved","amount":5,"input":0,"inputId":"","inputHash":"{{Zeros}}","claim":{{KeyText}},"claimHash":"{{Hash}}","round":3,"place":2,"part":1,"county":4,"note":"","free":7,"reserved":4,"paid":3,"previous":"{{Zeros}}"}"""
            },
            {
                nameof(Payout),
                $$"""{"id":"{{Payout.Id}}","claim":{{KeyText}},"part":1,"pool":{"pool":"pool","fiscalYear":2023},"entrySeq":12,"city":5,"county":4,"claimHash":"{{Hash}}","state":"ClawbackDue","version":2,"intent":"i","note":"n"}"""
            },
            {
                nameof(Movement.Limited),
                $$$"""{"key":{{{KeyText}}},"limit":{"city":3,"county":2},"moment":{"at":"2023-05-31T09:00:00.000Z","edge":4}}"""
            },
            { nameof(PoolInput.Open), """{"kind":"open","seed":"s","wholeOnly":true,"awaitsCarryIn":false,"id":"id"}""" },
            { nameof(PoolInput.Appropriate), """{"kind":"appropriate","amount":5,"document":"文","id":"id"}""" },
            { nameof(PoolInput.Cut), """{"kind":"cut","amount":5,"document":"文","id":"id"}""" },
            { nameof(PoolInput.RoundClosed), $$"""{"kind":"round","round":7,"claims":3,"claimsHash":"{{Hash}}","id":"id"}""" },
            { nameof(PoolInput.LimitClaim), $$"""{"kind":"limit","claim":{{KeyText}},"limit":5,"id":"id"}""" },
            { nameof(PoolInput.Release), """{"kind":"release","payout":"p","amount":5,"id":"id"}""" },
            {
                nameof(PoolInput.Settle),
                $$"""{"kind":"settle","batch":"b","part":2,"payouts":3,"amount":5,"payoutsHash":"{{Hash}}","id":"id"}"""
            },
            { nameof(PoolInput.Return), """{"kind":"return","payout":"p","amount":5,"id":"id"}""" },
            { nameof(PoolInput.ClawBack), """{"kind":"claw-back","payout":"p","amount":5,"id":"id"}""" },
            {
                nameof(PoolInput.CarryIn),
                $$"""{"kind":"carry-in","fromYear":2022,"amount":5,"claims":3,"claimsHash":"{{Hash}}","id":"id"}"""
            },
            { nameof(PoolInput.Close), """{"kind":"close","document":"文","id":"id"}""" },
            { nameof(PolicyAct.MadeAutomatic), """{"kind":"automatic","policy":"p","moment":"2023-05-31T09:00:00.000Z"}""" },
            { nameof(PolicyAct.PutInShadow), """{"kind":"shadow","policy":"p","moment":"2023-05-31T09:00:00.000Z"}""" },
            {
                nameof(PolicyAct.StillInForce),
                """{"kind":"still-in-force","through":"2023-12-31","policy":"p","moment":"2023-05-31T09:00:00.000Z"}"""
            },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_stored_value_has_exactly_this_text_and_reads_back(string name, string text)
    {
        var stored = Stored[name];
        Assert.Equal(text, stored.Write());
        Assert.Equal(text, stored.Again(text));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_member_that_the_type_lacks_is_refused(string name, string text) =>
        Assert.Throws<JsonException>(() => Stored[name].Again(Regex.Replace(text, "}$", ",\"more\":1}")));

    [Fact]
    public void The_hashes_themselves_are_pinned()
    {
        Assert.Equal("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", Hash.Hex);
        Assert.Equal(ContentHash.OfText(CanonicalJson.Write(Fact)), Fact.Hash);
        Assert.Equal(ContentHash.OfText(CanonicalJson.Write(Entry)), Entry.Hash);
        Assert.Equal(ContentHash.OfText($"[\"{CanonicalJson.Hash(Claim)}\"]"), PoolClaim.HashOf([Claim]));
    }

    [Fact]
    public void Hashes_and_derived_members_are_no_part_of_the_text()
    {
        Assert.Equal(CanonicalJson.Write(Entry), CanonicalJson.Write(CanonicalJson.Read<PoolEntry>(CanonicalJson.Write(Entry))));
        Assert.DoesNotContain("position", CanonicalJson.Write(Head), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("total", CanonicalJson.Write(new Shares(new Fen(1), new Fen(2))), StringComparison.OrdinalIgnoreCase);
    }

    private static readonly DateTimeOffset Moment = new(2023, 5, 31, 17, 0, 0, TimeSpan.FromHours(8));

    private static readonly Dictionary<string, (Func<string> Write, Func<string, string> Again)> Stored = new()
    {
        [nameof(Fact)] = Of(Fact),
        [nameof(Claim)] = Of(Claim),
        [nameof(Head)] = Of(Head),
        [nameof(Entry)] = Of(Entry),
        [nameof(Payout)] = Of(Payout),
        [nameof(Movement.Limited)] = Of(new Movement.Limited(Key, new Shares(new Fen(3), new Fen(2)), new CountedMoment(Moment, 4))),
        [nameof(PoolInput.Open)] = Of<PoolInput>(new PoolInput.Open("id", "s", true, false)),
        [nameof(PoolInput.Appropriate)] = Of<PoolInput>(new PoolInput.Appropriate("id", new Fen(5), "文")),
        [nameof(PoolInput.Cut)] = Of<PoolInput>(new PoolInput.Cut("id", new Fen(5), "文")),
        [nameof(PoolInput.RoundClosed)] = Of<PoolInput>(new PoolInput.RoundClosed("id", 7, 3, Hash)),
        [nameof(PoolInput.LimitClaim)] = Of<PoolInput>(new PoolInput.LimitClaim("id", Key, new Fen(5))),
        [nameof(PoolInput.Release)] = Of<PoolInput>(new PoolInput.Release("id", "p", new Fen(5))),
        [nameof(PoolInput.Settle)] = Of<PoolInput>(new PoolInput.Settle("id", "b", 2, 3, new Fen(5), Hash)),
        [nameof(PoolInput.Return)] = Of<PoolInput>(new PoolInput.Return("id", "p", new Fen(5))),
        [nameof(PoolInput.ClawBack)] = Of<PoolInput>(new PoolInput.ClawBack("id", "p", new Fen(5))),
        [nameof(PoolInput.CarryIn)] = Of<PoolInput>(new PoolInput.CarryIn("id", 2022, new Fen(5), 3, Hash)),
        [nameof(PoolInput.Close)] = Of<PoolInput>(new PoolInput.Close("id", "文")),
        [nameof(PolicyAct.MadeAutomatic)] = Of<PolicyAct>(new PolicyAct.MadeAutomatic("p", Moment)),
        [nameof(PolicyAct.PutInShadow)] = Of<PolicyAct>(new PolicyAct.PutInShadow("p", Moment)),
        [nameof(PolicyAct.StillInForce)] = Of<PolicyAct>(new PolicyAct.StillInForce("p", Moment, new DateOnly(2023, 12, 31))),
    };

    private static (Func<string>, Func<string, string>) Of<T>(T value) =>
        (() => CanonicalJson.Write(value), text => CanonicalJson.Write(CanonicalJson.Read<T>(text)));
}
