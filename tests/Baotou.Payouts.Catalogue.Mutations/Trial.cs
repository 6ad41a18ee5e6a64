using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>What became of one change.</summary>
/// <param name="Mutation">The change.</param>
/// <param name="Killed">Whether a case came out otherwise; equivalent changes are not tried and count as neither.</param>
public sealed record Result(Mutation Mutation, bool Killed);

/// <summary>The results of all changes.</summary>
/// <param name="Results">Each change, in the order of the list.</param>
public sealed record Score(IReadOnlyList<Result> Results)
{
    /// <summary>Changes that some facts can tell from the original.</summary>
    public IReadOnlyList<Result> Counted { get; } = [.. Results.Where(r => r.Mutation.Equivalent is null)];

    /// <summary>Changes that no case noticed.</summary>
    public IReadOnlyList<Mutation> Survivors => [.. Counted.Where(r => !r.Killed).Select(r => r.Mutation)];

    /// <summary>The share of counted changes that a case noticed, in per cent; 100 if there are none.</summary>
    public decimal Percent => PercentOf(Counted);

    /// <summary>The share of some changes that a case noticed, in per cent; 100 if there are none.</summary>
    public static decimal PercentOf(IReadOnlyCollection<Result> results) =>
        results.Count == 0 ? 100m : 100m * results.Count(r => r.Killed) / results.Count;
}

/// <summary>
/// Tries changes of the list against the cases beside its entries. Only the entry and those of its exclusivity group are decided: no other
/// can come out otherwise.
/// </summary>
public sealed class Trial(Catalogue catalogue, IReadOnlyList<PolicyCase> cases)
{
    /// <summary>Every change of every computable entry, and of the days they have alike, tried.</summary>
    /// <param name="only">Begins the ids that are tried; empty for all.</param>
    public Score Run(string only = "")
    {
        var mutations = catalogue
            .Policies.Where(p => p.Terms is not null)
            .SelectMany(p => PolicyChanges.Of(p, catalogue))
            .Concat(PolicyChanges.OfDays(catalogue))
            .Where(m => m.Before.Id.StartsWith(only, StringComparison.Ordinal))
            .ToArray();
        var results = new Result[mutations.Length];
        Parallel.For(0, mutations.Length, i => results[i] = new(mutations[i], mutations[i].Equivalent is null && IsNoticed(mutations[i])));
        return new(results);
    }

    /// <summary>The cases that name a changed entry or another of its group.</summary>
    public IReadOnlyList<PolicyCase> CasesOf(Mutation mutation) =>
        [.. Around(mutation).Select(p => p.Id).Distinct().SelectMany(id => _cases[id])];

    /// <summary>Decides the changed entries and those of their groups, as they stand.</summary>
    public Decider Before(Mutation mutation) => new(catalogue with { Policies = Around(mutation) });

    /// <summary>Decides the changed entries and those of their groups, with the change.</summary>
    public Decider After(Mutation mutation) => new(catalogue with { Policies = [.. Around(mutation).Select(mutation.InsteadOf)] });

    private readonly ILookup<string, PolicyCase> _cases = cases.ToLookup(c => c.Policy, StringComparer.Ordinal);

    private bool IsNoticed(Mutation mutation)
    {
        var decider = After(mutation);
        return CasesOf(mutation).Any(c => c.Difference(decider) is not null);
    }

    private Policy[] Around(Mutation mutation)
    {
        var ids = mutation.Changed.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var groups = mutation.Changed.Select(p => p.Terms?.Group?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. catalogue.Policies.Where(p => ids.Contains(p.Id) || (p.Terms?.Group is { } group && groups.Contains(group.Id)))];
    }
}
