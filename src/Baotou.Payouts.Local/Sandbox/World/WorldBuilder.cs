using System.Globalization;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// Takes what the agencies' stories say and makes records of it: fills fields the stories leave open, lets some arrive late, corrects some
/// and withdraws some. A field the dictionary does not have is left out, so that a dictionary that grows or shrinks still gives a sound
/// world.
/// </summary>
internal sealed class WorldBuilder(long seed, FactDictionary facts)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>What was made so far.</summary>
    public List<SandboxRecord> Records { get; } = [];

    /// <summary>Kinds of which there is a record.</summary>
    public HashSet<string> KindsSeen { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a single record; nothing if the dictionary does not have the kind.</summary>
    public void Add(
        SandboxEnterprise enterprise,
        string kindId,
        DateOnly effectiveOn,
        DateTimeOffset recordedAt,
        string period = "",
        string batch = "",
        params ReadOnlySpan<(string Field, string Text)> told
    )
    {
        if (facts.Find(kindId) is not { } kind)
            return;
        var id = NextId(kind, enterprise);
        var random = SplitMix64.For(seed, id);
        var draft = new Draft
        {
            Kind = kind,
            Uscc = enterprise.Uscc,
            RecordId = id,
            EffectiveOn = effectiveOn,
            RecordedAt = recordedAt,
            Period = period,
            Batch = batch,
            Values = new Dictionary<string, string>(),
        };
        draft = draft with { Values = Complete(draft, told, random) };
        KindsSeen.Add(kindId);
        var tick = Late(SandboxCalendar.TickOf(recordedAt), random);
        Put(draft, tick);
        if (kind.Period == PeriodKind.State)
            return;
        if (random.Chance(20) && LaterMoment(recordedAt, random) is { } corrected)
            Put(
                draft with
                {
                    RecordedAt = corrected,
                    Values = Corrected(draft, random),
                },
                Math.Max(tick, SandboxCalendar.TickOf(corrected))
            );
        else if (random.Chance(6) && LaterMoment(recordedAt, random) is { } withdrawn)
            Put(
                draft with
                {
                    RecordedAt = withdrawn,
                    Withdrawn = true,
                    Values = new Dictionary<string, string>(),
                },
                Math.Max(tick, SandboxCalendar.TickOf(withdrawn))
            );
    }

    /// <summary>Adds a record of a notice: all records of one notice share batch number and moment, and tie.</summary>
    public void AddBatched(
        SandboxEnterprise enterprise,
        string kindId,
        string notice,
        DateOnly noticeDay,
        DateOnly effectiveOn,
        params ReadOnlySpan<(string Field, string Text)> told
    ) => Add(enterprise, kindId, effectiveOn, ChinaTime.StartOf(noticeDay).AddHours(10), "", BatchOf(notice, noticeDay), told);

    /// <summary>As <see cref="AddBatched"/>, for figures of a year.</summary>
    public void AddBatchedYear(SandboxEnterprise enterprise, string kindId, int year, string notice, DateOnly noticeDay) =>
        Add(enterprise, kindId, noticeDay, ChinaTime.StartOf(noticeDay).AddHours(10), Year(year), BatchOf(notice, noticeDay));

    /// <summary>Adds a year's closed figure.</summary>
    public void AddYear(
        SandboxEnterprise enterprise,
        string kindId,
        int year,
        DateTimeOffset recordedAt,
        params ReadOnlySpan<(string Field, string Text)> told
    ) => Add(enterprise, kindId, new DateOnly(year, 12, 31), recordedAt, Year(year), "", told);

    /// <summary>A moment in office hours between two days, both included.</summary>
    public static DateTimeOffset Moment(SplitMix64 random, DateOnly first, DateOnly last) =>
        ChinaTime.StartOf(DayBetween(random, first, last)).AddHours(9).AddSeconds(random.Below(30_600));

    /// <summary>A day between two, both included.</summary>
    public static DateOnly DayBetween(SplitMix64 random, DateOnly first, DateOnly last) =>
        first.AddDays((int)random.Between(0, last.DayNumber - first.DayNumber));

    private static string BatchOf(string notice, DateOnly day) => notice + "-" + day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    private string NextId(FactKind kind, SandboxEnterprise enterprise)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"{kind.Id}-{enterprise.Number:D6}");
        var number = _numbers[stem] = _numbers.GetValueOrDefault(stem) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{stem}-{number:D3}");
    }

    private static Dictionary<string, string> Complete(Draft draft, ReadOnlySpan<(string Field, string Text)> told, SplitMix64 random)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, text) in told)
            if (draft.Kind.Field(field) is not null)
                values[field] = text;
        foreach (var field in draft.Kind.Fields)
            if (field.Required && !values.ContainsKey(field.Name))
                values[field.Name] = FieldDraw.Of(field, draft, random);
        return values;
    }

    /// <summary>One in a hundred is told a tick late.</summary>
    private static int Late(int tick, SplitMix64 random) => random.Chance(10) ? Math.Min(tick + 1, SandboxCalendar.Ticks.Count - 1) : tick;

    private static DateTimeOffset? LaterMoment(DateTimeOffset recordedAt, SplitMix64 random)
    {
        var later = recordedAt.AddDays(random.Between(10, 70)).AddMinutes(random.Below(60));
        return later <= SandboxCalendar.Ticks[^1] ? later : null;
    }

    /// <summary>The first amount or count, between four fifths and six fifths of what it was.</summary>
    private static Dictionary<string, string> Corrected(Draft draft, SplitMix64 random)
    {
        var values = new Dictionary<string, string>(draft.Values, StringComparer.Ordinal);
        var field = draft.Kind.Fields.FirstOrDefault(f =>
            f.Type is FieldType.Money or FieldType.Count && values.ContainsKey(f.Name) && !f.Name.Contains("year", StringComparison.Ordinal)
        );
        if (field is not null && long.TryParse(values[field.Name], CultureInfo.InvariantCulture, out var number))
            values[field.Name] = (number * random.Between(80, 120) / 100).ToString(CultureInfo.InvariantCulture);
        return values;
    }

    private void Put(Draft draft, int tick) =>
        Records.Add(
            new SandboxRecord(draft.Kind.Agency, draft.RecordId, draft.RecordedAt, tick, draft.Withdrawn, Sound: true, RecordText.Of(draft))
        );
}
