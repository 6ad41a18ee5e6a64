using System.Globalization;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// Records that agencies get wrong, beside the sound ones and in nobody's way: each must end in quarantine with its reason.
/// </summary>
internal static class BrokenRecords
{
    /// <summary>About one for every 250 sound records, at least one of each way to be wrong.</summary>
    public static IEnumerable<SandboxRecord> Of(
        IReadOnlyList<SandboxRecord> sound,
        IReadOnlyList<SandboxEnterprise> enterprises,
        FactDictionary facts,
        long seed
    )
    {
        var random = SplitMix64.For(seed, "broken");
        FactKind[] kinds =
        [
            .. facts.Kinds.Where(k =>
                k.Period == PeriodKind.Record && RecordText.CarriesMoment(k) && k.Fields.Any(f => f.Required && f.Type == FieldType.Count)
            ),
        ];
        if (kinds.Length == 0)
            yield break;
        for (var i = 0; i < Math.Max(12, sound.Count / 250); i++)
        {
            var kind = random.Pick(kinds);
            var recorded = WorldBuilder.Moment(random, new(2023, 1, 4), new(2023, 6, 28));
            var id = string.Create(CultureInfo.InvariantCulture, $"broken-{i:D5}");
            var draft = new Draft
            {
                Kind = kind,
                Uscc = random.Pick(enterprises).Uscc,
                RecordId = id,
                EffectiveOn = new(2023, 1, 4),
                RecordedAt = recorded,
                Values = new Dictionary<string, string>(),
            };
            draft = draft with
            {
                Values = kind
                    .Fields.Where(f => f.Required)
                    .ToDictionary(f => f.Name, f => FieldDraw.Of(f, draft, random), StringComparer.Ordinal),
            };
            yield return new SandboxRecord(
                kind.Agency,
                id,
                recorded,
                SandboxCalendar.TickOf(recorded),
                Withdrawn: false,
                Sound: false,
                Break(draft, i % 12)
            );
        }
    }

    private static string Break(Draft draft, int way)
    {
        var count = draft.Kind.Fields.First(f => f.Required && f.Type == FieldType.Count).Name;
        var text = RecordText.Of(draft);
        return way switch
        {
            0 => text.Replace(draft.Uscc, draft.Uscc[..15], StringComparison.Ordinal),
            1 => text.Replace(draft.Uscc, "OIZSV" + draft.Uscc[5..], StringComparison.Ordinal),
            2 => text.Replace($"\"{count}\":", $"\"{count}\":-", StringComparison.Ordinal),
            3 => text.Replace("\"values\":{", "\"values\":{\"colour\":\"red\",", StringComparison.Ordinal),
            4 => text.Replace($"\"{count}\":", $"\"{count}\":null,\"{count}-old\":", StringComparison.Ordinal),
            5 => text.Replace("\"2023-01-04\"", "\"2023-02-30\"", StringComparison.Ordinal),
            6 => text.Replace("+08:00", "", StringComparison.Ordinal),
            7 => text.Replace($"\"{draft.Kind.Id}\"", "\"no-such-kind\"", StringComparison.Ordinal),
            8 => text.Replace($"\"{draft.RecordId}\"", "\"\"", StringComparison.Ordinal),
            9 => $"[\"{draft.RecordId}\"]",
            10 => text.Replace($"\"{draft.Uscc}\"", $"{{\"code\":\"{draft.Uscc}\"}}", StringComparison.Ordinal),
            _ => text.Replace($"\"{count}\":", $"\"{count}\":1e3,\"{count}-note\":", StringComparison.Ordinal),
        };
    }
}
