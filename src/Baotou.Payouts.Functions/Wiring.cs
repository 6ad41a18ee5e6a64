using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Exchange;
using Baotou.Payouts.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Functions;

/// <summary>Puts the parts together for the cloud.</summary>
public static class Wiring
{
    /// <summary>
    /// Adds every project's services; throws <see cref="InvalidOperationException"/> naming what the settings or the catalogue lack.
    /// </summary>
    public static IServiceCollection AddPayouts(this IServiceCollection services, IConfiguration configuration)
    {
        Settings.Timetable(configuration);
        var catalogue = CatalogueLoader.LoadEmbedded().Required();
        var storage = Settings.Storage(configuration);
        services.AddSingleton(TimeProvider.System).AddSingleton(storage.Meter);
        services.AddSingleton<IAccountCipher>(new AccountCipher(Settings.AccountKey(configuration)));
        services.AddStorage(storage.OpenRows(), storage.OpenQueues());
        services.AddExchange(Settings.Known(Settings.Exchange(configuration), catalogue.Facts));
        services.AddApplication(catalogue, Settings.Engine(configuration));
        services.AddTelemetry(configuration);
        return services.AddWeb(Settings.Web(configuration));
    }
}
