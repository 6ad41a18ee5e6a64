using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Functions;

/// <summary>Puts the parts together for the cloud.</summary>
public static class Wiring
{
    /// <summary>Adds every project's services.</summary>
    public static IServiceCollection AddPayouts(this IServiceCollection services, IConfiguration configuration) => services;
}
