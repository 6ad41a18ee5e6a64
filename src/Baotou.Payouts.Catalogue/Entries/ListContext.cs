using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>What entries may refer to.</summary>
internal sealed record ListContext(FactDictionary Facts, IReadOnlyCollection<string> Bureaus, IReadOnlyList<PoolDefinition> Pools);
