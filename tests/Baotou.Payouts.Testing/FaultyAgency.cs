using Baotou.Payouts.Application.Pulling;

namespace Baotou.Payouts.Testing;

/// <summary>An agency whose answers fail as planned.</summary>
public sealed class FaultyAgency(IAgency agency, FaultPlan plan) : IAgency
{
    /// <inheritdoc/>
    public string Source => agency.Source;

    /// <inheritdoc/>
    public WalkKind Kind => agency.Kind;

    /// <inheritdoc/>
    public Task<AgencyPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken) =>
        plan.RunAsync(CallKind.Read, () => agency.ReadPageAsync(cursor, size, cancellationToken));
}

/// <summary>A register of payee accounts whose answers fail as planned.</summary>
public sealed class FaultyAccountRegister(IAccountRegister register, FaultPlan plan) : IAccountRegister
{
    /// <inheritdoc/>
    public Task<AccountPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken) =>
        plan.RunAsync(CallKind.Read, () => register.ReadPageAsync(cursor, size, cancellationToken));
}
