using System.Text.Json;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Local.Sandbox;
using Baotou.Payouts.Local.Sandbox.World;

namespace Baotou.Payouts.Exchange.Tests.Sandbox;

public sealed class A_sandbox_city
{
    [Fact]
    public void Is_the_same_for_the_same_seed_and_another_for_another()
    {
        Assert.Equal(Walks.World(7).ContentHash(), Walks.World(7).ContentHash());
        Assert.NotEqual(Walks.World(7).ContentHash(), Walks.World(8).ContentHash());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Can_be_made_from_any_seed(long seed) => Assert.NotEmpty(Walks.World(seed, 3).Records);

    [Fact]
    public void Has_codes_of_an_area_nobody_has_and_most_of_them_check()
    {
        var codes = Walks.World(7, 2_000).Enterprises.Select(e => Uscc.Parse(e.Uscc)).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, c => Assert.Equal("990001", c.Value.Substring(2, 6)));
        Assert.InRange(codes.Count(c => !c.ChecksHold), 5, 50);
    }

    [Fact]
    public void Has_names_that_say_what_they_are() => Assert.All(Walks.World().Enterprises, e => Assert.StartsWith("沙盒", e.Name));

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void Has_facts_of_every_kind_of_the_dictionary(int enterprises)
    {
        var world = Walks.World(7, enterprises);

        Assert.Empty(Walks.Facts.Kinds.Select(k => k.Id).Except(world.Records.Where(r => r.Sound).Select(KindOf)));
    }

    [Fact]
    public void Has_sound_records_that_all_become_facts_and_broken_ones_that_none_does()
    {
        var reader = new FactReader(Walks.Facts);
        foreach (var record in Walks.World(7, 1_000).Records)
        {
            using var json = JsonDocument.Parse(record.Json);
            var reading =
                json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.GetProperty("uscc").ValueKind == JsonValueKind.String
                    ? reader.Read(Delivered(json.RootElement, record.Source), SandboxCalendar.Ticks[0])
                    : null;
            if (record.Sound)
                Assert.True(reading is FactReading.Accepted, $"{record.Json}: {(reading as FactReading.Refused)?.Reason}");
            else
                Assert.False(reading is FactReading.Accepted, record.Json);
        }
    }

    [Fact]
    public void Has_batches_that_tie_corrections_withdrawals_and_late_records()
    {
        var records = Walks.World(7, 1_000).Records;

        Assert.Contains(
            records.Where(r => r.Sound && r.Json.Contains("\"batch\"")).GroupBy(r => (r.Source, r.RecordedAt)),
            g => g.Count() > 20
        );
        Assert.Contains(records, r => r.Withdrawn);
        Assert.Contains(records.Where(r => r.Sound && !r.Withdrawn).GroupBy(r => (r.Source, r.RecordId)), g => g.Count() == 2);
        Assert.Contains(records, r => r.RecordedAt <= SandboxCalendar.Ticks[Math.Max(0, r.Tick - 1)] && r.Tick > 0);
        Assert.All(records, r => Assert.True(r.RecordedAt <= SandboxCalendar.Ticks[r.Tick]));
    }

    [Fact]
    public void Tells_a_correction_never_before_what_it_corrects()
    {
        foreach (var versions in Walks.World(7, 1_000).Records.GroupBy(r => (r.Source, r.RecordId)))
            Assert.Equal(versions.OrderBy(v => v.RecordedAt), versions);
    }

    [Fact]
    public void Has_about_seven_facts_to_an_enterprise() =>
        Assert.InRange(Walks.World(7, 2_000).Records.Count(r => r.Sound), 14_000, 18_000);

    private static string KindOf(SandboxRecord record)
    {
        using var json = JsonDocument.Parse(record.Json);
        return json.RootElement.GetProperty("kind").GetString()!;
    }

    internal static DeliveredRecord Delivered(JsonElement record, string source)
    {
        string? Part(string name) => record.TryGetProperty(name, out var part) ? part.ToString() : null;
        var values = record
            .GetProperty("values")
            .EnumerateObject()
            .Where(v => v.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(
                v => v.Name,
                v => v.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? v.Value.GetRawText() : v.Value.ToString()
            );
        return new DeliveredRecord(
            Part("uscc"),
            Part("kind"),
            Part("period"),
            Part("effectiveOn"),
            Part("recordedAt"),
            Part("recordId"),
            source,
            Part("batch"),
            record.TryGetProperty("withdrawn", out _),
            values
        );
    }
}
