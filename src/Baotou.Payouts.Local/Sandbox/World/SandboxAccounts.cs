using System.Globalization;
using System.Text.Json;

namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// The treasury's payee accounts: most enterprises have an open one, some a closed one, some none. The numbers belong to no bank.
/// </summary>
internal static class SandboxAccounts
{
    public static IEnumerable<SandboxRecord> Of(IReadOnlyList<SandboxEnterprise> enterprises, long seed)
    {
        foreach (var enterprise in enterprises)
        {
            var random = SplitMix64.For(seed, "account", enterprise.Number);
            if (random.Chance(20))
                continue;
            var open = !random.Chance(30);
            var first = WorldBuilder.Moment(random, new(2022, 11, 1), new(2022, 12, 23));
            yield return Record(enterprise, 1, first, open);
            if (open && random.Chance(15))
                yield return Record(enterprise, 2, WorldBuilder.Moment(random, new(2023, 2, 1), new(2023, 6, 20)), open: true);
        }
    }

    private static SandboxRecord Record(SandboxEnterprise enterprise, int number, DateTimeOffset recorded, bool open)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"account-{enterprise.Number:D6}-{number}");
        var json = JsonSerializer.Serialize(
            new
            {
                uscc = enterprise.Uscc,
                holder = enterprise.Name,
                number = string.Create(CultureInfo.InvariantCulture, $"000000{number}{enterprise.Number:D9}"),
                bankCode = "000000000000",
                open,
                recordedAt = RecordText.Moment(recorded),
                recordId = id,
            }
        );
        return new SandboxRecord(
            SandboxWorld.Treasury,
            id,
            recorded,
            SandboxCalendar.TickOf(recorded),
            Withdrawn: false,
            Sound: true,
            json
        );
    }
}
