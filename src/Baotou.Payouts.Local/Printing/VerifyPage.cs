using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Application.Reconciling;

namespace Baotou.Payouts.Local.Printing;

/// <summary>What verifying found.</summary>
internal static class VerifyPage
{
    /// <summary>Shows it to people.</summary>
    public static void Show(Screen screen, Verification found)
    {
        var compared = string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Pools:#,0} pool-years, {found.Entries:#,0} chain entries, {found.Payouts:#,0} payouts, {found.Claims:#,0} claims"
        );
        screen.Line(found.Difference is { } difference ? $"verify: does not hold: {difference}" : $"verify: holds ({compared})");
    }

    /// <summary>Writes it for machines.</summary>
    public static void Write(Utf8JsonWriter json, Verification found)
    {
        json.WriteStartObject();
        json.WriteString("verify", found.Holds ? "holds" : "differs");
        if (found.Difference is { } difference)
            json.WriteString("difference", difference);
        json.WriteNumber("pools", found.Pools);
        json.WriteNumber("entries", found.Entries);
        json.WriteNumber("payouts", found.Payouts);
        json.WriteNumber("claims", found.Claims);
        json.WriteEndObject();
    }
}
