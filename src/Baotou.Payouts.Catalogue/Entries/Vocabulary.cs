using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>The words of the entry files and what they stand for.</summary>
internal static class Vocabulary
{
    internal static readonly Dictionary<string, PolicyClass> Classes = new()
    {
        ["automatic"] = PolicyClass.Automatic,
        ["automatic-person"] = PolicyClass.AutomaticPerson,
        ["county-transfer"] = PolicyClass.CountyTransfer,
        ["discretionary"] = PolicyClass.Discretionary,
        ["service"] = PolicyClass.Service,
        ["duplicate-of"] = PolicyClass.DuplicateOf,
    };

    internal static readonly Dictionary<string, Payee> Payees = new()
    {
        ["enterprise"] = Payee.Enterprise,
        ["person"] = Payee.Person,
        ["county"] = Payee.County,
        ["unclear"] = Payee.Unclear,
    };

    internal static readonly Dictionary<string, OccasionKind> Occasions = new()
    {
        ["record"] = OccasionKind.Record,
        ["year"] = OccasionKind.Year,
        ["once"] = OccasionKind.Once,
    };

    internal static readonly Dictionary<string, ChargedYear> ChargedYears = new()
    {
        ["of-moment"] = ChargedYear.OfMoment,
        ["of-occasion"] = ChargedYear.OfOccasion,
    };

    internal static readonly Dictionary<string, Publicity> Publicities = new()
    {
        ["public"] = Publicity.Public,
        ["after-redaction"] = Publicity.AfterRedaction,
        ["none"] = Publicity.None,
    };

    internal static readonly Dictionary<string, Rounding> Roundings = new()
    {
        ["fen-down"] = Rounding.FenDown,
        ["fen-half-up"] = Rounding.FenHalfUp,
        ["yuan-down"] = Rounding.YuanDown,
        ["yuan-half-up"] = Rounding.YuanHalfUp,
    };

    internal static readonly Dictionary<string, CapSpan> CapSpans = new()
    {
        ["occasion"] = CapSpan.Occasion,
        ["year"] = CapSpan.Year,
        ["lifetime"] = CapSpan.Lifetime,
    };

    internal static readonly Dictionary<string, GroupSpan> GroupSpans = new()
    {
        ["field"] = GroupSpan.Field,
        ["year"] = GroupSpan.Year,
        ["lifetime"] = GroupSpan.Lifetime,
    };

    internal static readonly Dictionary<string, Comparison> Comparisons = new()
    {
        ["at-least"] = Comparison.AtLeast,
        ["more-than"] = Comparison.MoreThan,
        ["at-most"] = Comparison.AtMost,
        ["less-than"] = Comparison.LessThan,
        ["is"] = Comparison.Equal,
        ["is-not"] = Comparison.NotEqual,
    };
}
