namespace Baotou.Payouts.Domain.Policies;

/// <summary>Lists everything that the terms of an entry read; for indexes and for the checks of the catalogue.</summary>
public static class TermsWalk
{
    /// <summary>All kinds of facts read, the anchor first; repeats possible.</summary>
    public static IEnumerable<string> KindsOf(Terms terms) =>
        FieldsOf(terms).Select(f => f.Kind).Concat(terms.Conditions.SelectMany(CountedKinds)).Prepend(terms.Anchor);

    /// <summary>All fields read by conditions, award, ceilings, funding, occasion and group; repeats possible.</summary>
    public static IEnumerable<FieldRef> FieldsOf(Terms terms)
    {
        var fields = terms.Conditions.SelectMany(FieldsOf).Concat(FieldsOf(terms.Award));
        if (terms.Funding is Funding.ByFact by)
            fields = fields.Append(by.City).Append(by.County);
        if (terms.OnceBy is { } once)
            fields = fields.Append(once);
        fields = fields.Concat(terms.Caps.Where(c => c.By is not null).Select(c => c.By!));
        if (terms.Group?.Unit is { } unit)
            fields = fields.Append(unit);
        return fields;
    }

    /// <summary>The kinds of facts read, the anchor first, each once with the names of its fields that are read.</summary>
    public static IEnumerable<(string Kind, IReadOnlyList<string> Fields)> Reads(Terms terms)
    {
        var fields = FieldsOf(terms).ToLookup(f => f.Kind, f => f.Field);
        return KindsOf(terms).Distinct().Select(k => (k, (IReadOnlyList<string>)[.. fields[k].Distinct()]));
    }

    /// <summary>All fields read by a condition.</summary>
    public static IEnumerable<FieldRef> FieldsOf(Condition condition) =>
        condition switch
        {
            Condition.Compare c => [c.Field],
            Condition.OneOf c => [c.Field],
            Condition.WithinDays c => c.To is null ? [c.From] : [c.From, c.To],
            Condition.YearsSince c => [c.From],
            Condition.Count c => c.Where.SelectMany(FieldsOf),
            Condition.Total c => c.Where.SelectMany(FieldsOf).Prepend(c.Field),
            Condition.AnyOf c => c.Conditions.SelectMany(FieldsOf),
            _ => throw new InvalidOperationException($"Unknown condition {condition.GetType().Name}."),
        };

    /// <summary>All fields read by an award.</summary>
    public static IEnumerable<FieldRef> FieldsOf(Award award) =>
        award switch
        {
            Award.Fixed => [],
            Award.Tier a => a.Cases.SelectMany(c => FieldsOf(c.Award)).Prepend(a.Field),
            Award.Percent a => a.Class is null ? [a.Of] : [a.Of, a.Class],
            Award.PerUnit a => a.Times is null ? [a.Units] : [a.Units, a.Times],
            Award.Steps a => [a.Of],
            Award.YearlySchedule a => [a.Of, a.FirstYear],
            Award.Interest { Basis: InterestBasis.Paid p } => [p.Interest],
            Award.Interest { Basis: InterestBasis.Computed c } => [c.Principal, c.Rate, c.Days],
            Award.LowestOf a => a.Awards.SelectMany(FieldsOf),
            Award.TopUp a => FieldsOf(a.To).Append(a.Received),
            _ => throw new InvalidOperationException($"Unknown award {award.GetType().Name}."),
        };

    private static IEnumerable<string> CountedKinds(Condition condition) =>
        condition switch
        {
            Condition.Count c => [c.Kind],
            Condition.AnyOf c => c.Conditions.SelectMany(CountedKinds),
            _ => [],
        };
}
