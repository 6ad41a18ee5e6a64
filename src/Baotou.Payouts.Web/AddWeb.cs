using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Approvals;
using Baotou.Payouts.Web.Auditing;
using Baotou.Payouts.Web.Cases;
using Baotou.Payouts.Web.Enterprises;
using Baotou.Payouts.Web.Entries;
using Baotou.Payouts.Web.Notices;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Payouts;
using Baotou.Payouts.Web.Pools;
using Baotou.Payouts.Web.Routing;
using Baotou.Payouts.Web.Runs;
using Baotou.Payouts.Web.Sources;
using Baotou.Payouts.Web.Stops;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Web;

/// <summary>Adds the HTTP side.</summary>
public static class WebServices
{
    /// <summary>
    /// Adds <see cref="PayoutsRouter"/> with all its routes. Needs what Application adds, its ports, a clock and logging.
    /// </summary>
    public static IServiceCollection AddWeb(this IServiceCollection services, WebOptions options)
    {
        services
            .AddSingleton(options.Validated())
            .AddSingleton<TokenCheck>()
            .AddSingleton<RouteTable>()
            .AddSingleton<OwnPast>()
            .AddSingleton<PayoutPages>()
            .AddSingleton<ActRecorder>();
        return services
            .AddRoutes()
            .AddSingleton(s => new PayoutsRouter(
                s.GetRequiredService<RouteTable>(),
                s.GetRequiredService<TokenCheck>(),
                options,
                s.GetRequiredService<TimeProvider>(),
                s.GetRequiredService<ActRecorder>(),
                s.GetRequiredService<ILogger<PayoutsRouter>>()
            ));
    }

    private static IServiceCollection AddRoutes(this IServiceCollection services) =>
        services
            .AddSingleton<IRoutes, ServiceRoutes>()
            .AddSingleton<IRoutes, EnterpriseRoutes>()
            .AddSingleton<IRoutes, ElectionRoutes>()
            .AddSingleton<IRoutes, SourceRoutes>()
            .AddSingleton<IRoutes, PayoutRoutes>()
            .AddSingleton<IRoutes, SearchRoutes>()
            .AddSingleton<IRoutes, ConfirmationRoutes>()
            .AddSingleton<IRoutes, OverdueRoutes>()
            .AddSingleton<IRoutes, NoticeRoutes>()
            .AddSingleton<IRoutes, ObjectionRoutes>()
            .AddSingleton<IRoutes, PoolRoutes>()
            .AddSingleton<IRoutes, ApprovalRoutes>()
            .AddSingleton<IRoutes, RunRoutes>()
            .AddSingleton<IRoutes, QuarantineRoutes>()
            .AddSingleton<IRoutes, ParkedRoutes>()
            .AddSingleton<IRoutes, StopRoutes>()
            .AddSingleton<IRoutes, AuditRoutes>()
            .AddSingleton<IRoutes, HoldRoutes>()
            .AddSingleton<IRoutes, OverlapRoutes>();
}
