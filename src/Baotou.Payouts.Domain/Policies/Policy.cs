using System.Text.Json.Serialization;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Domain.Policies;

/// <summary>What kind of entry of the list this is.</summary>
public enum PolicyClass
{
    /// <summary>Decided and paid to an enterprise by the engine.</summary>
    Automatic,

    /// <summary>Decided by the engine; the payee is a person.</summary>
    AutomaticPerson,

    /// <summary>Paid to a county, not to an enterprise.</summary>
    CountyTransfer,

    /// <summary>The text leaves judgement (不超过 on a bare sum, 评审, 择优, 一事一议).</summary>
    Discretionary,

    /// <summary>A service or a measure without money.</summary>
    Service,

    /// <summary>Prints another entry again.</summary>
    DuplicateOf,
}

/// <summary>Whom the award is paid to.</summary>
public enum Payee
{
    /// <summary>The enterprise.</summary>
    Enterprise,

    /// <summary>A person, under a pseudonym of the agency.</summary>
    Person,

    /// <summary>A county.</summary>
    County,

    /// <summary>The text does not say.</summary>
    Unclear,
}

/// <summary>What an award is given for once.</summary>
public enum OccasionKind
{
    /// <summary>Each record of the anchor kind.</summary>
    Record,

    /// <summary>Each year of the anchor kind.</summary>
    Year,

    /// <summary>Once for ever, or once for each value of <see cref="Terms.OnceBy"/>; the first record that fits counts.</summary>
    Once,
}

/// <summary>Which fiscal year's pool a claim charges.</summary>
public enum ChargedYear
{
    /// <summary>The year of the claim's moment.</summary>
    OfMoment,

    /// <summary>The year of the occasion.</summary>
    OfOccasion,
}

/// <summary>Who may see a payout in public.</summary>
public enum Publicity
{
    /// <summary>Shown whole.</summary>
    Public,

    /// <summary>Shown after redaction.</summary>
    AfterRedaction,

    /// <summary>Never shown (defence suppliers).</summary>
    None,
}

/// <summary>How city and county bear an award.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Ratio), "ratio")]
[JsonDerivedType(typeof(ByFact), "by-fact")]
public abstract record Funding
{
    /// <summary>By fixed weights: (1, 0) is the city alone, (1, 1) is 1:1.</summary>
    public sealed record Ratio(int City, int County) : Funding;

    /// <summary>As two money fields stand to each other ("按现行体制分别负担": what each level kept of the tax).</summary>
    public sealed record ByFact(FieldRef City, FieldRef County) : Funding;
}

/// <summary>How members of an exclusivity group relate. Each claim is the amount by which the group's due total rises.</summary>
/// <param name="Id">Id of the group.</param>
/// <param name="Unit">What conflicts: a field of the member's anchor (a trip's number); null for the occasion's year; see
/// <paramref name="Span"/>.</param>
/// <param name="Span">Whether the unit is the field, the enterprise's calendar year, or the enterprise for ever.</param>
/// <param name="Order">For equal amounts the lowest number stands; unique within the group.</param>
public sealed record ExclusivityGroup(string Id, FieldRef? Unit, GroupSpan Span, int Order);

/// <summary>Over what members of a group exclude each other.</summary>
public enum GroupSpan
{
    /// <summary>The value of a field of the anchor.</summary>
    Field,

    /// <summary>One enterprise in one calendar year.</summary>
    Year,

    /// <summary>One enterprise, ever.</summary>
    Lifetime,
}

/// <summary>Whether and for how long the enterprise is asked to confirm.</summary>
/// <param name="WithinDays">Days from the day the payout is ready, both ends included.</param>
public sealed record Click(int WithinDays);

/// <summary>What makes an entry computable. Absent for entries that only explain why they are not.</summary>
public sealed record Terms
{
    /// <summary>The fact kind whose records are the occasions.</summary>
    public required string Anchor { get; init; }

    /// <summary>What the award is given for.</summary>
    public required OccasionKind Occasion { get; init; }

    /// <summary>
    /// For <see cref="OccasionKind.Once"/>: the code that tells one from another ("5A", "4A"), or the text that names what is paid once (a
    /// project's number, a person's pseudonym); null for once for ever.
    /// </summary>
    public FieldRef? OnceBy { get; init; }

    /// <summary>All must hold.</summary>
    public required IReadOnlyList<Condition> Conditions { get; init; }

    /// <summary>The amount.</summary>
    public required Award Award { get; init; }

    /// <summary>Ceilings, applied in order.</summary>
    public IReadOnlyList<Cap> Caps { get; init; } = [];

    /// <summary>The one rounding.</summary>
    public required Rounding Rounding { get; init; }

    /// <summary>Who bears it.</summary>
    public required Funding Funding { get; init; }

    /// <summary>Id of the pool that the city share charges.</summary>
    public required string Pool { get; init; }

    /// <summary>Which year's pool.</summary>
    public required ChargedYear Charges { get; init; }

    /// <summary>The group it excludes others in, or null.</summary>
    public ExclusivityGroup? Group { get; init; }

    /// <summary>Whether a click is asked for; null if the payout needs none.</summary>
    public Click? Click { get; init; }

    /// <summary>Working days of public notice before payment; 0 for none.</summary>
    public int NoticeDays { get; init; }

    /// <summary>Who may see it.</summary>
    public Publicity Publicity { get; init; } = Publicity.Public;

    /// <summary>
    /// Days after the day of the claim's moment, which does not count, by which the text wants it paid; null if the text sets none.
    /// </summary>
    public int? PaymentDays { get; init; }

    /// <summary>Whether those are working days (工作日).</summary>
    public bool PaymentInWorkingDays { get; init; }
}

/// <summary>Where a policy is printed.</summary>
/// <param name="Document">Document number ("包府发〔2022〕19号").</param>
/// <param name="Item">Item within it ("一(一)2").</param>
public sealed record Citation(string Document, string Item);

/// <summary>
/// One dated version of an entry of the list: one separately payable award, or an item that is not automatic and says why.
/// </summary>
public sealed record Policy
{
    /// <summary>Id as printed order gives it ("19-cont-3a"). Versions of one entry share it.</summary>
    public required string Id { get; init; }

    /// <summary>Own-words title.</summary>
    public required Bilingual Title { get; init; }

    /// <summary>Own-words summary.</summary>
    public required Bilingual Summary { get; init; }

    /// <summary>Where it is printed.</summary>
    public required Citation Source { get; init; }

    /// <summary>Id of the responsible bureau.</summary>
    public required string Bureau { get; init; }

    /// <summary>What kind of entry it is.</summary>
    public required PolicyClass Class { get; init; }

    /// <summary>Why it has that class.</summary>
    public required Bilingual Why { get; init; }

    /// <summary>
    /// Days on which it is in force; an unknown end stays unknown and needs a dated act of the bureau before money is reserved.
    /// </summary>
    public required DayPeriod Validity { get; init; }

    /// <summary>The day this version was published; no claim has an earlier moment.</summary>
    public required DateOnly PublishedOn { get; init; }

    /// <summary>Whom it is paid to.</summary>
    public required Payee Payee { get; init; }

    /// <summary>Readings that are defensible too, and open questions for the bureau; empty if none.</summary>
    public string Ambiguity { get; init; } = "";

    /// <summary>For <see cref="PolicyClass.DuplicateOf"/>: the entry that is printed again.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>The computable part; null if there is none.</summary>
    public Terms? Terms { get; init; }

    /// <summary>Hash of the entry as it stands in the list.</summary>
    public required ContentHash Hash { get; init; }
}

/// <summary>A budget line of a bureau that claims are charged to, year by year.</summary>
/// <param name="Id">Id of the pool.</param>
/// <param name="Title">What people read.</param>
/// <param name="Bureau">Whose line it is.</param>
/// <param name="Sources">Sources in the published order that breaks equal moments; first counts first.</param>
/// <param name="WholeOnly">False (发完即止): what is left goes to the claim that no longer fits whole. True: a claim is paid whole or
/// waits.</param>
/// <param name="CarriesUnused">Whether free money may be carried into the next year (17号 article 2).</param>
/// <param name="WaitingCarries">Whether waiting claims come first in the next year; otherwise they lapse at the close.</param>
/// <param name="PrintedFundYuan">The fund printed in the text, in yuan; null if the text names none.</param>
public sealed record PoolDefinition(
    string Id,
    Bilingual Title,
    string Bureau,
    IReadOnlyList<string> Sources,
    bool WholeOnly,
    bool CarriesUnused,
    bool WaitingCarries,
    long? PrintedFundYuan
);

/// <summary>The list: all entries in all their versions, the pools they charge and the facts they speak of.</summary>
/// <param name="Version">Hash over all entries and pools, as people quote it.</param>
/// <param name="Policies">In printed order; versions of one id follow each other by validity.</param>
/// <param name="Pools">The pools.</param>
/// <param name="Facts">The facts dictionary.</param>
public sealed record Catalogue(
    ContentHash Version,
    IReadOnlyList<Policy> Policies,
    IReadOnlyList<PoolDefinition> Pools,
    FactDictionary Facts
)
{
    /// <summary>What people read for the bureaus' ids.</summary>
    public IReadOnlyDictionary<string, Bilingual> Bureaus { get; init; } = new Dictionary<string, Bilingual>();

    /// <summary>
    /// Overlaps that the print leaves unruled, as they stand in their file; empty if none is known. They change no decision and are no part
    /// of <see cref="Version"/>.
    /// </summary>
    public IReadOnlyList<Overlap> Overlaps { get; init; } = [];

    /// <summary>
    /// The working days; without a calendar none is known. It changes no decision and is no part of <see cref="Version"/>.
    /// </summary>
    public WorkCalendar Calendar { get; init; } = WorkCalendar.None;

    /// <summary>What people read for a bureau, or its id if it has no title.</summary>
    public Bilingual BureauTitle(string id) => Bureaus.TryGetValue(id, out var title) ? title : new(id, id);

    /// <summary>The versions of one entry, earliest first; empty if unknown.</summary>
    public IReadOnlyList<Policy> VersionsOf(string id) => [.. Policies.Where(p => p.Id == id)];

    /// <summary>The pool of that id; throws <see cref="KeyNotFoundException"/> if the catalogue has none.</summary>
    public PoolDefinition Pool(string id) =>
        Pools.FirstOrDefault(p => p.Id == id) ?? throw new KeyNotFoundException($"The catalogue has no pool '{id}'.");
}
