using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.AzureStorage.Stores;
using Baotou.Payouts.AzureStorage.Verifying;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.AzureStorage;

/// <summary>Adds the ports of Application on rows and queues.</summary>
public static class StorageServices
{
    /// <summary>Adds every store over <paramref name="rows"/>, and <paramref name="queue"/> as the queues.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IRowStore rows, IWorkQueue queue)
    {
        var sealedRows = new SealedRows(rows);
        services.AddSingleton(sealedRows).AddSingleton<IRowStore>(sealedRows).AddSingleton(queue);
        services.AddSingleton<IFactLog, FactLog>().AddSingleton<ISourceLog, SourceLog>().AddSingleton<ISnapshotIndex, SnapshotIndex>();
        services.AddSingleton<IQuarantine, Quarantine>().AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<IRoundLog, RoundLog>().AddSingleton<IClaimStore, ClaimStore>();
        services
            .AddSingleton<IPoolLog, PoolLog>()
            .AddSingleton<IPayoutStore, PayoutStore>()
            .AddSingleton<IObjectionStore, ObjectionStore>();
        services.AddSingleton<IApprovalStore, ApprovalStore>().AddSingleton<IRunStore, RunStore>();
        services.AddSingleton<ISwitchLog, SwitchLog>().AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IRowAudit, RowAudit>().AddSingleton<IKeptLists, KeptLists>();
        services.AddSingleton<IActLog, ActLog>().AddSingleton<IElectionLog, ElectionLog>().AddSingleton<IParkedWork, ParkedWorkStore>();
        return services;
    }
}
