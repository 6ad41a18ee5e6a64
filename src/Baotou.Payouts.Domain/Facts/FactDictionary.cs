using System.Collections.Frozen;

namespace Baotou.Payouts.Domain.Facts;

/// <summary>What a field of a fact holds.</summary>
public enum FieldType
{
    /// <summary>Money in fen; delivered in yuan with at most two decimals. Not negative.</summary>
    Money,

    /// <summary>A whole number of things (visitors, vehicles, days). Not negative.</summary>
    Count,

    /// <summary>
    /// A measured quantity (tonnes, square metres, kilometres), held in thousandths; delivered with at most three decimals. Not negative.
    /// </summary>
    Quantity,

    /// <summary>A rate in basis points; delivered in per cent with at most two decimals ("3.65"). Not negative.</summary>
    Rate,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A legal day.</summary>
    Date,

    /// <summary>One of the field's closed list of codes.</summary>
    Code,

    /// <summary>Free text of at most 200 characters; shown, never computed with.</summary>
    Text,
}

/// <summary>How a kind of fact relates to time.</summary>
public enum PeriodKind
{
    /// <summary>A state that holds from its effective day until the next record of its kind (registration, size class).</summary>
    State,

    /// <summary>An event, a recognition or another single record with its own number.</summary>
    Record,

    /// <summary>A closed figure of one calendar year ("2022").</summary>
    Year,

    /// <summary>A closed figure of one calendar month ("2022-05").</summary>
    Month,
}

/// <summary>Whether government holds the datum today, so that the schedule can run on it.</summary>
public enum Held
{
    /// <summary>Held and delivered by its agency.</summary>
    Yes,

    /// <summary>Held for some enterprises or some years only.</summary>
    Partly,

    /// <summary>Not held by any agency yet.</summary>
    No,
}

/// <summary>A text in the two languages of every answer.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record Bilingual(string Zh, string En);

/// <summary>One code of a closed list, with what people read.</summary>
public sealed record FieldCode(string Code, Bilingual Title);

/// <summary>A field of a fact.</summary>
/// <param name="Name">Lower-case words joined by hyphens, unique within its kind.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Unit">Unit as delivered ("yuan", "person", "t", "m2", "%"); empty for flags, dates, codes and texts.</param>
/// <param name="Title">What people read.</param>
/// <param name="Codes">The closed list of a <see cref="FieldType.Code"/>; empty otherwise.</param>
/// <param name="Required">Whether a record without it is quarantined.</param>
public sealed record FactField(string Name, FieldType Type, string Unit, Bilingual Title, IReadOnlyList<FieldCode> Codes, bool Required)
{
    /// <summary>What people read for a code of this field, or the code itself if unknown.</summary>
    public Bilingual TitleOf(string code) => Codes.FirstOrDefault(c => c.Code == code)?.Title ?? new Bilingual(code, code);
}

/// <summary>A kind of fact: what one agency holds about an enterprise.</summary>
/// <param name="Id">Lower-case words joined by hyphens.</param>
/// <param name="Title">What people read.</param>
/// <param name="Agency">Id of the agency that holds it ("tax", "science", …).</param>
/// <param name="Period">How it relates to time.</param>
/// <param name="Held">Whether it is held today.</param>
/// <param name="Fields">Its fields, in printed order.</param>
public sealed record FactKind(string Id, Bilingual Title, string Agency, PeriodKind Period, Held Held, IReadOnlyList<FactField> Fields)
{
    /// <summary>What has a record of its own, and which day is its effective day; null where the title and the period say it.</summary>
    public Bilingual? Records { get; init; }

    /// <summary>The field of that name, or null.</summary>
    public FactField? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);
}

/// <summary>Where the register says whether an enterprise is in business.</summary>
/// <param name="Kind">Id of the kind of fact, a state.</param>
/// <param name="Field">A code field of it.</param>
/// <param name="Codes">The codes that mean yes; every other means no.</param>
public sealed record InBusiness(string Kind, string Field, IReadOnlyList<string> Codes);

/// <summary>All kinds of facts that the catalogue may speak of.</summary>
public sealed class FactDictionary
{
    private readonly FrozenDictionary<string, FactKind> _kinds;

    /// <summary>Builds the dictionary; ids must be unique.</summary>
    public FactDictionary(IEnumerable<FactKind> kinds)
    {
        Kinds = [.. kinds];
        _kinds = Kinds.ToFrozenDictionary(k => k.Id, StringComparer.Ordinal);
    }

    /// <summary>The kinds in the order of their file.</summary>
    public IReadOnlyList<FactKind> Kinds { get; }

    /// <summary>Where the register says whether an enterprise is in business; null if it does not.</summary>
    public InBusiness? InBusiness { get; init; }

    /// <summary>What people read for the agencies' ids.</summary>
    public IReadOnlyDictionary<string, Bilingual> Agencies { get; init; } = new Dictionary<string, Bilingual>();

    /// <summary>What people read for an agency, or its id if it has no title.</summary>
    public Bilingual AgencyTitle(string id) => Agencies.TryGetValue(id, out var title) ? title : new(id, id);

    /// <summary>The kind of that id, or null.</summary>
    public FactKind? Find(string id) => _kinds.GetValueOrDefault(id);
}
