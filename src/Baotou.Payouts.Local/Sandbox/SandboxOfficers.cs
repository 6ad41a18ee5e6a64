using System.Globalization;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Local.Sandbox;

/// <summary>
/// The two officers of the sandbox and what they do on its calendar. Every act has a natural id, so doing it again does nothing new.
/// </summary>
public sealed class SandboxOfficers(OfficerActs acts, Catalogue catalogue, long seed, int enterprises)
{
    private static readonly TwoPersons Persons = new(LocalAct.SandboxOfficer, LocalAct.SandboxApprover);
    private const string First = "appropriation:1";
    private const string Second = "appropriation:2";
    private static readonly DateTimeOffset Beginning = ChinaTime.StartOf(new DateOnly(SandboxCalendar.BusinessDay.Year, 1, 1));

    /// <summary>The fiscal year of the sandbox.</summary>
    public static int FiscalYear => SandboxCalendar.BusinessDay.Year;

    /// <summary>
    /// What is done before the first walk: pools opened and appropriated, the past declared empty, entries without a printed end declared
    /// in force.
    /// </summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in PoolYears())
        {
            await acts.OpenPoolAsync(pool, $"sandbox-{seed}", awaitsCarryIn: false, Beginning, Persons, cancellationToken);
            await acts.AppropriateAsync(pool, First, BudgetOf(pool.Pool), "sandbox appropriation 1", Beginning, Persons, cancellationToken);
        }

        await acts.OnPoliciesAsync(PastDeclared(), "the sandbox has no past", Persons, cancellationToken);
        await acts.OnPoliciesAsync(MadeAutomatic(), "the sandbox has no past", Persons, cancellationToken);
        await acts.OnPoliciesAsync(StillInForce(), "declared for the sandbox's year", Persons, cancellationToken);
    }

    /// <summary>How the audit log tells of what is done before the first walk.</summary>
    public LocalAct Begins(int tick) =>
        Told(
            "begin",
            tick,
            [
                .. PoolYears().SelectMany(p => new[] { OfficerActs.IdOf(p, OfficerActs.OpeningOf(p)), OfficerActs.IdOf(p, First) }),
                .. PastDeclared().Concat(MadeAutomatic()).Concat(StillInForce()).Select(OfficerActs.IdOf),
            ]
        );

    /// <summary>How the audit log tells of what is done when a tick is finished.</summary>
    public LocalAct Appropriates(int tick) => Told("appropriate", tick, PoolYears().Select(p => OfficerActs.IdOf(p, Second)));

    /// <summary>Whether they act when a tick is finished: after the last but one.</summary>
    public static bool ActAfter(int tick) => tick == SandboxCalendar.Ticks.Count - 2;

    /// <summary>What is done when such a tick is finished, before the next begins: every pool gets a second appropriation.</summary>
    public async Task AfterTickAsync(int tick, CancellationToken cancellationToken)
    {
        if (!ActAfter(tick))
            return;
        foreach (var pool in PoolYears())
            await acts.AppropriateAsync(
                pool,
                Second,
                new Fen(BudgetOf(pool.Pool).Value / 4),
                "sandbox appropriation 2",
                SandboxCalendar.Ticks[tick],
                Persons,
                cancellationToken
            );
    }

    private static LocalAct Told(string what, int tick, IEnumerable<string> acts)
    {
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"tick={tick}; approvedBy={Persons.ApprovedBy}{string.Concat(acts.Select(a => $"; {LocalAct.OneOfSeveral}={a}"))}"
        );
        return new(Persons.RequestedBy, what, about, "the sandbox's calendar", ContentHash.OfText($"{what}\n{about}"));
    }

    private List<PolicyAct> PastDeclared() => [.. Entries().Select(e => new PolicyAct.PastDeclared(e.Key, Beginning, 0, Fen.Zero))];

    private List<PolicyAct> MadeAutomatic() => [.. Entries().Select(e => new PolicyAct.MadeAutomatic(e.Key, Beginning))];

    private List<PolicyAct> StillInForce() =>
        [
            .. Entries()
                .Where(e => e.Any(v => v.Validity.To is null))
                .Select(e => new PolicyAct.StillInForce(e.Key, Beginning, new DateOnly(FiscalYear, 12, 31))),
        ];

    private IEnumerable<IGrouping<string, Policy>> Entries() =>
        catalogue.Policies.Where(p => p is { Terms: not null, Class: PolicyClass.Automatic }).GroupBy(p => p.Id);

    private IEnumerable<PoolYear> PoolYears() => catalogue.Pools.Select(p => new PoolYear(p.Id, FiscalYear));

    /// <summary>
    /// A tenth of a printed fund for each thousand enterprises, at most all of it; twenty thousand yuan an enterprise elsewhere.
    /// </summary>
    private Fen BudgetOf(string pool) =>
        catalogue.Pool(pool).PrintedFundYuan is { } printed
            ? Fen.FromYuan(Math.Min(printed, printed / 10 * Math.Max(1, enterprises / 1_000)))
            : Fen.FromYuan(20_000L * enterprises);
}
