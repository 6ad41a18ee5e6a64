using System.Collections.Immutable;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Domain.Tests.Facts;

public sealed class A_delivered_record_becomes_a_fact_or_a_reason
{
    private static readonly DeliveredRecord Good = new(
        "91350100M000100Y43",
        "trip",
        null,
        "2023-05-30",
        "2023-05-31T17:00:00+08:00",
        "包文旅〔2023〕1号-7",
        "culture",
        "包文旅〔2023〕1号",
        false,
        new Dictionary<string, string> { ["visitors"] = "79", ["cost"] = "1000.5" }
    );

    private static readonly FactReader Reader = new(Given.Facts);

    [Fact]
    public void Every_part_arrives()
    {
        var fact = Assert.IsType<FactReading.Accepted>(Reader.Read(Good)).Fact;
        Assert.Equal("91350100M000100Y43", fact.Uscc.Value);
        Assert.Equal(("trip", "", Given.Day("2023-05-30")), (fact.Kind, fact.Period, fact.EffectiveOn));
        Assert.Equal(new DateTimeOffset(2023, 5, 31, 9, 0, 0, TimeSpan.Zero), fact.RecordedAt);
        Assert.Equal(TimeSpan.Zero, fact.RecordedAt.Offset);
        Assert.Equal(
            ("包文旅〔2023〕1号-7", "culture", "包文旅〔2023〕1号", false),
            (fact.RecordId, fact.Source, fact.Batch, fact.Withdrawn)
        );
        Assert.Equal(FactValue.OfCount(79), fact.Value("visitors"));
        Assert.Equal(new FactValue(FieldType.Money, 100050), fact.Value("cost"));
        Assert.Null(fact.Value("nights"));
    }

    [Theory]
    [InlineData(null, "code-shape")]
    [InlineData("91350100M000100Y4", "code-shape")]
    [InlineData("91350100M000100Y44", null)]
    public void A_wrong_shape_of_the_code_is_refused_but_not_a_wrong_check(string? uscc, string? code) =>
        Expect(code, Good with { Uscc = uscc });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Trip")]
    public void An_unknown_kind_is_refused(string? kind) => Expect("kind-unknown", Good with { Kind = kind });

    [Theory]
    [InlineData("trip", "", null)]
    [InlineData("trip", "2022", "period")]
    [InlineData("state", "2022", "period")]
    [InlineData("figure", "2022", null)]
    [InlineData("figure", null, "period")]
    [InlineData("figure", "22", "period")]
    [InlineData("figure", "2022-05", "period")]
    [InlineData("figure", "0000", "period")]
    [InlineData("figure", "0001", "period")]
    [InlineData("figure", "9999", "period")]
    [InlineData("figure", "1900", null)]
    [InlineData("figure", "2199", null)]
    [InlineData("figure", "20x2", "period")]
    [InlineData("monthly", "2022-12", null)]
    [InlineData("monthly", "2022-13", "period")]
    [InlineData("monthly", "2022-00", "period")]
    [InlineData("monthly", "202205", "period")]
    [InlineData("monthly", "9999-12", "period")]
    public void The_period_must_fit_the_kind(string kind, string? period, string? code) =>
        Expect(code, Good with { Kind = kind, Period = period, Values = ImmutableDictionary<string, string>.Empty });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2023-02-29")]
    [InlineData("2023-04-31")]
    [InlineData("2023/04/30")]
    [InlineData("2023-05-30T00:00:00")]
    [InlineData("0001-01-01")]
    [InlineData("1899-12-31")]
    [InlineData("2200-01-01")]
    [InlineData("9999-12-31")]
    public void A_day_that_does_not_exist_or_means_none_is_refused(string? day) => Expect("day", Good with { EffectiveOn = day });

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("1900-01-01")]
    [InlineData("2199-12-31")]
    public void A_day_of_the_calendar_is_accepted(string day) => Expect(null, Good with { EffectiveOn = day });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2023-05-31")]
    [InlineData("2023-05-31T17:00:00")]
    [InlineData("2023-05-31T17:00:00.123")]
    [InlineData("2023-05-31 17:00:00+08:00")]
    [InlineData("2023-05-31T24:00:00Z")]
    [InlineData("2023-02-29T17:00:00Z")]
    [InlineData("2023-05-31T17:00:00.1234567+08:00")]
    [InlineData("2023-05-31T17:00:00+99:00")]
    [InlineData("1685523600000")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_moment_without_zone_or_outside_the_calendar_is_refused(string? moment) =>
        Expect("moment", Good with { RecordedAt = moment });

    [Theory]
    [InlineData("2023-05-31T17:00:00+08:00")]
    [InlineData("2023-05-31T09:00:00Z")]
    [InlineData("2023-05-31T09:00:00.000Z")]
    [InlineData("2023-05-31T04:00:00-05:00")]
    public void One_moment_may_be_written_in_any_zone(string moment)
    {
        var fact = Assert.IsType<FactReading.Accepted>(Reader.Read(Good with { RecordedAt = moment })).Fact;
        Assert.Equal(new DateTimeOffset(2023, 5, 31, 9, 0, 0, TimeSpan.Zero), fact.RecordedAt);
    }

    [Fact]
    public void A_snapshot_gives_its_moment_to_records_that_have_none_and_to_no_other()
    {
        var asOf = new DateTimeOffset(2023, 7, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(asOf, Assert.IsType<FactReading.Accepted>(Reader.Read(Good with { RecordedAt = null }, asOf)).Fact.RecordedAt);
        Assert.Equal(5, Assert.IsType<FactReading.Accepted>(Reader.Read(Good, asOf)).Fact.RecordedAt.Month);
        Assert.Equal("moment", Assert.IsType<FactReading.Refused>(Reader.Read(Good with { RecordedAt = "today" }, asOf)).Code);
    }

    [Fact]
    public void A_record_number_is_1_to_60_printable_characters()
    {
        foreach (var bad in new[] { null, "", "  ", "a\nb", "a\0b", new string('号', 61) })
            Expect("record-number", Good with { RecordId = bad });
        foreach (var bad in new[] { "a\tb", new string('号', 61) })
            Expect("record-number", Good with { Batch = bad });
        Expect(null, Good with { RecordId = new string('号', 60), Batch = new string('号', 60) });
        Expect(null, Good with { Batch = null });
    }

    [Fact]
    public void The_longest_numbers_still_fit_in_a_storage_key()
    {
        var longest = new string('号', 60);
        var key = Domain.Pools.OrderKey.Of(DateTimeOffset.UnixEpoch, 99, longest, new string('f', 32), longest, "19-cont-3a", longest, 999);
        Assert.True(key.Length <= 1024, $"{key.Length} characters");
    }

    [Fact]
    public void Unknown_fields_and_bad_values_are_refused_by_name()
    {
        Assert.Contains(
            "'guests'",
            Expect("field-unknown", Good with { Values = new Dictionary<string, string> { ["guests"] = "1" } }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'visitors'",
            Expect("field-value", Good with { Values = new Dictionary<string, string> { ["visitors"] = "many" } }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_required_field_may_be_missing_from_a_withdrawal_only()
    {
        var kind = Given.Facts.Find("listing")!;
        var reader = new FactReader(new FactDictionary([kind with { Fields = [kind.Fields[0] with { Required = true }] }]));
        var record = Good with { Kind = "listing", Values = new Dictionary<string, string>() };
        Assert.Equal("field-missing", Assert.IsType<FactReading.Refused>(reader.Read(record)).Code);
        Assert.True(Assert.IsType<FactReading.Accepted>(reader.Read(record with { Withdrawn = true })).Fact.Withdrawn);
    }

    [Fact]
    public void The_first_thing_wrong_is_named()
    {
        var bad = new DeliveredRecord(
            "x",
            "x",
            "x",
            "x",
            "x",
            "",
            "culture",
            new string('x', 61),
            false,
            new Dictionary<string, string> { ["x"] = "x" }
        );
        Expect("code-shape", bad);
        Expect("kind-unknown", bad = bad with { Uscc = Good.Uscc });
        Expect("period", bad = bad with { Kind = "trip" });
        Expect("day", bad = bad with { Period = "" });
        Expect("moment", bad = bad with { EffectiveOn = Good.EffectiveOn });
        Expect("record-number", bad = bad with { RecordedAt = Good.RecordedAt });
        Expect("record-number", bad = bad with { RecordId = "1" });
        Expect("field-unknown", bad = bad with { Batch = "" });
        Expect(null, bad with { Values = Good.Values });
    }

    private static string Expect(string? code, DeliveredRecord record)
    {
        var reading = Reader.Read(record);
        Assert.Equal(code, (reading as FactReading.Refused)?.Code);
        return (reading as FactReading.Refused)?.Reason ?? "";
    }
}
