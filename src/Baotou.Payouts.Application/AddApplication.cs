using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Confirming;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Application.Holding;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Application.Withdrawing;
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
        services
            .AddSingleton(options.Validated())
            .AddSingleton(catalogue)
            .AddSingleton(new Decider(catalogue))
            .AddSingleton(new FactReader(catalogue.Facts));
        return services
            .AddPulling()
            .AddMatching()
            .AddPaying()
            .AddReconciling()
            .AddAuditing()
            .AddOfficers()
            .AddEnterprises()
            .AddDescribing()
            .AddWork();
    }

    private static IServiceCollection AddPulling(this IServiceCollection services) =>
        services.AddSingleton<RecordIntake>().AddSingleton<WalkSource>().AddSingleton<WalkAccounts>().AddSingleton<SettleWithdrawals>();

    private static IServiceCollection AddMatching(this IServiceCollection services) =>
        services
            .AddSingleton<SourceMoments>()
            .AddSingleton<PlanRound>()
            .AddSingleton<ChangedOccasions>()
            .AddSingleton<OpenRound>()
            .AddSingleton<CloseRound>()
            .AddSingleton<RoundReplay>()
            .AddSingleton<ReplayAsThen>()
            .AddSingleton<MatchBucket>();

    private static IServiceCollection AddPaying(this IServiceCollection services) =>
        services
            .AddSingleton<AllocatePool>()
            .AddSingleton<ProjectPool>()
            .AddSingleton<ReadyPayouts>()
            .AddSingleton<ClaimLimits>()
            .AddSingleton<PaymentHolds>()
            .AddSingleton<BusinessRegister>()
            .AddSingleton<BusinessDay>()
            .AddSingleton<PayoutDays>()
            .AddSingleton<PublicNotices>();

    private static IServiceCollection AddReconciling(this IServiceCollection services) =>
        services
            .AddSingleton<ReleasePayout>()
            .AddSingleton<RecoverPayout>()
            .AddSingleton<CarryOver>()
            .AddSingleton<VerifyClaims>()
            .AddSingleton<VerifyLedger>()
            .AddSingleton<RefoldPool>()
            .AddSingleton<VerifyPool>()
            .AddSingleton<VerifyRoundActs>()
            .AddSingleton<VerifyRuns>()
            .AddSingleton<VerifyAgreed>()
            .AddSingleton<VerifyActs>()
            .AddSingleton<VerifyByNight>()
            .AddSingleton<DryRun>()
            .AddSingleton<StartRun>()
            .AddSingleton<LineStanding>()
            .AddSingleton<LineSteps>()
            .AddSingleton<ApplyRerun>();

    private static IServiceCollection AddAuditing(this IServiceCollection services) =>
        services
            .AddSingleton<RecordAct>()
            .AddSingleton<VerifyAudit>()
            .AddSingleton<VerifyEffects>()
            .AddSingleton<IEffects, EffectsOfOfficers>()
            .AddSingleton<IEffects, EffectsOfEnterprises>()
            .AddSingleton<IEffects, EffectsOnCases>()
            .AddSingleton<IEffects, EffectsOfImports>();

    private static IServiceCollection AddOfficers(this IServiceCollection services) =>
        services
            .AddSingleton<OfficerActs>()
            .AddSingleton<CodeAndSourceActs>()
            .AddSingleton<DeclaredPast>()
            .AddSingleton<EntryActs>()
            .AddSingleton<PoolActs>()
            .AddSingleton<PayoutActs>()
            .AddSingleton<AgreedActs>()
            .AddSingleton<Approvals>()
            .AddSingleton<ThrowSwitch>()
            .AddSingleton<HoldPayout>()
            .AddSingleton<ResumePayout>()
            .AddSingleton<WithdrawClaim>()
            .AddSingleton<QuarantineCases>()
            .AddSingleton<ParkedCases>()
            .AddSingleton<PaidBefore>()
            .AddSingleton<ImportPast>()
            .AddSingleton<DecideObjection>()
            .AddSingleton<ProposeReleases>();

    private static IServiceCollection AddEnterprises(this IServiceCollection services) =>
        services.AddSingleton<ConfirmPayout>().AddSingleton<ElectAward>().AddSingleton<ObjectToPayout>();

    private static IServiceCollection AddDescribing(this IServiceCollection services) =>
        services
            .AddSingleton<TracePayout>()
            .AddSingleton<TracePool>()
            .AddSingleton<DescribePool>()
            .AddSingleton<DescribeRun>()
            .AddSingleton<DescribePayout>()
            .AddSingleton<DescribeStatus>()
            .AddSingleton<DescribeDecisions>()
            .AddSingleton<DescribeSources>()
            .AddSingleton<PoolLines>()
            .AddSingleton<ForecastPool>()
            .AddSingleton<DescribeReceipt>()
            .AddSingleton<ExportRows>();

    private static IServiceCollection AddWork(this IServiceCollection services) =>
        services
            .AddSingleton<IWorkStep, PullStep>()
            .AddSingleton<IWorkStep, MatchStep>()
            .AddSingleton<IWorkStep, AllocateStep>()
            .AddSingleton<IWorkStep, ProjectStep>()
            .AddSingleton<WorkDispatcher>()
            .AddSingleton<PoisonParking>()
            .AddSingleton<AskForWalks>()
            .AddSingleton<SweepRounds>()
            .AddSingleton<SweepPools>()
            .AddSingleton<SweepPayouts>()
            .AddSingleton<Sweep>()
            .AddSingleton<ISweep>(s => s.GetRequiredService<Sweep>());
}
