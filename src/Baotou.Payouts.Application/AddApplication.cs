using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Confirming;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Application;

/// <summary>Adds the steps and use cases of this project.</summary>
public static class ApplicationServices
{
    /// <summary>Adds everything but the ports: storage, agencies and queues come from the projects that know them.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="catalogue">The list.</param>
    /// <param name="options">What is chosen for the store.</param>
    public static IServiceCollection AddApplication(this IServiceCollection services, Catalogue catalogue, EngineOptions options)
    {
        services.AddSingleton<BusinessDay>().AddSingleton<PayoutDays>().AddSingleton<ObjectToPayout>().AddSingleton<DecideObjection>().AddSingleton<ProposeReleases>().AddSingleton<PublicNotices>();
        services.AddSingleton(options.Validated()).AddSingleton(catalogue).AddSingleton(new Decider(catalogue)).AddSingleton(new FactReader(catalogue.Facts));
        services.AddSingleton<RecordIntake>().AddSingleton<WalkSource>().AddSingleton<WalkAccounts>();
        services.AddSingleton<OpenRound>().AddSingleton<RoundReplay>().AddSingleton<ReplayAsThen>().AddSingleton<MatchBucket>().AddSingleton<CloseRound>();
        services.AddSingleton<AllocatePool>().AddSingleton<ProjectPool>().AddSingleton<ReadyPayouts>().AddSingleton<ClaimLimits>().AddSingleton<DryRun>().AddSingleton<StartRun>().AddSingleton<ApplyRerun>();
        services.AddSingleton<ReleasePayout>().AddSingleton<RecoverPayout>().AddSingleton<CarryOver>().AddSingleton<VerifyClaims>().AddSingleton<VerifyLedger>().AddSingleton<OfficerActs>().AddSingleton<Approvals>();
        services.AddSingleton<PaidBefore>().AddSingleton<BusinessRegister>().AddSingleton<PaymentHolds>().AddSingleton<CodeAndSourceActs>().AddSingleton<EntryActs>().AddSingleton<ImportPast>().AddSingleton<SettleWithdrawals>().AddSingleton<DescribeSources>();
        services.AddSingleton<IWorkStep, PullStep>().AddSingleton<IWorkStep, MatchStep>().AddSingleton<IWorkStep, AllocateStep>().AddSingleton<IWorkStep, ProjectStep>();
        services.AddSingleton<TracePayout>().AddSingleton<TracePool>().AddSingleton<DescribePool>().AddSingleton<DescribeRun>().AddSingleton<DescribePayout>().AddSingleton<DescribeEnterprise>().AddSingleton<ConfirmPayout>().AddSingleton<ElectAward>();
        services.AddSingleton<VerifyByNight>().AddSingleton<QuarantineCases>().AddSingleton<ParkedCases>();
        services.AddSingleton<ThrowSwitch>().AddSingleton<VerifyAudit>();
        services.AddSingleton<WorkDispatcher>().AddSingleton<PoisonParking>().AddSingleton<Sweep>().AddSingleton<ISweep>(s => s.GetRequiredService<Sweep>());
        return services;
    }
}
