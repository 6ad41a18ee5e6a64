using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Web.OpenApi;

namespace Baotou.Payouts.Web.Pools;

/// <summary>Entries and forecasts as they are shown, and what the document says of it.</summary>
internal static class PoolShapes
{
    private const string HashPattern = "^[0-9a-f]{64}$";

    /// <summary>An entry of a chain.</summary>
    public static JsonObject Entry() =>
        Schema.Object(
            ("seq", Schema.Number(1)),
            ("kind", Schema.OneOf([.. Enum.GetValues<EntryKind>().Select(WireWords.Of)])),
            ("amountFen", Schema.Number()),
            ("act?", Schema.Text()),
            ("policy?", Schema.Text()),
            ("occasion?", Schema.Text()),
            ("uscc?", Schema.Text(Schema.CodePattern)),
            ("number?", Schema.Number(0)),
            ("part?", Schema.Number(0)),
            ("round?", Schema.Number(0)),
            ("place?", Schema.Number(0)),
            ("countyFen?", Schema.Number()),
            ("note?", Schema.Text()),
            ("freeFen", Schema.Number(0)),
            ("reservedFen", Schema.Number(0)),
            ("paidFen", Schema.Number(0)),
            ("previous", Schema.Text(HashPattern)),
            ("hash", Schema.Text(HashPattern)),
            ("requestedBy?", Schema.Text()),
            ("approvedBy?", Schema.Text()),
            ("moment?", Schema.Moment()),
            ("approval?", Schema.Text()),
            ("why?", Schema.Text()),
            ("holds", Schema.Flag()),
            ("problem?", Schema.Text())
        );

    /// <summary>A forecast.</summary>
    public static JsonObject Forecast() =>
        Schema.Object(
            ("pool", Schema.Text()),
            ("fiscalYear", Schema.Number()),
            ("outcome", Schema.OneOf([.. Enum.GetValues<ForecastOutcome>().Select(WordOf)])),
            ("runsDryOn?", Schema.Day()),
            ("from", Schema.Day()),
            ("through", Schema.Day()),
            ("claims", Schema.Number(0)),
            ("askedFen", Schema.Number(0)),
            ("freeFen", Schema.Number(0)),
            ("whyZh", Schema.Text()),
            ("whyEn", Schema.Text())
        );

    /// <summary>Writes a forecast as an object.</summary>
    public static void Write(Utf8JsonWriter json, PoolYear pool, PoolForecast forecast)
    {
        json.WriteStartObject();
        json.WriteString("pool", pool.Pool);
        json.WriteNumber("fiscalYear", pool.FiscalYear);
        json.WriteString("outcome", WordOf(forecast.Outcome));
        if (forecast.RunsDryOn is { } on)
            json.WriteString("runsDryOn", Day(on));
        json.WriteString("from", Day(forecast.From));
        json.WriteString("through", Day(forecast.Through));
        json.WriteNumber("claims", forecast.Claims);
        json.WriteNumber("askedFen", forecast.Asked.Value);
        json.WriteNumber("freeFen", forecast.Free.Value);
        json.WriteString("whyZh", forecast.Why.Zh);
        json.WriteString("whyEn", forecast.Why.En);
        json.WriteEndObject();
    }

    /// <summary>Writes what verifying found as an object.</summary>
    public static void Write(Utf8JsonWriter json, PoolVerified.Compared compared)
    {
        json.WriteStartObject();
        json.WriteBoolean("holds", compared.Difference is null);
        json.WriteNumber("entries", compared.Entries);
        if (compared.Difference is { } difference)
            json.WriteString("difference", difference);
        json.WriteEndObject();
    }

    private static string WordOf(ForecastOutcome outcome) =>
        outcome switch
        {
            ForecastOutcome.Closed => "closed",
            ForecastOutcome.Dry => "dry",
            ForecastOutcome.RunsDry => "runs-dry",
            ForecastOutcome.Lasts => "lasts",
            ForecastOutcome.Unknown => "unknown",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
