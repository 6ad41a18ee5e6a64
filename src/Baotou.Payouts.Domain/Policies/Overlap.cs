using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Domain.Policies;

/// <summary>
/// Awards that may be drawn for the same thing while the print does not say whether both are due. It changes no decision: each award is
/// decided by itself until the bureau rules.
/// </summary>
/// <param name="Between">Ids of the entries, two or more, each once.</param>
/// <param name="Question">What the bureau is asked.</param>
public sealed record Overlap(IReadOnlyList<string> Between, Bilingual Question);
