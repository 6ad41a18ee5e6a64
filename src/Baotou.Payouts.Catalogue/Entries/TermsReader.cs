using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>Reads the computable part of one entry.</summary>
internal sealed class TermsReader(ListContext context)
{
    private readonly FieldReader _fields = new(context.Facts);

    internal Terms? Read(Section section)
    {
        var anchor = _fields.Kind(section, "anchor");
        var occasion = Occasion(section, anchor);
        var onceBy = _fields.Field(section, "once-by", false, FieldType.Code, FieldType.Text);
        if (onceBy is not null && occasion is not OccasionKind.Once)
            section.Wrong("once-by", "'once-by' belongs to 'occasion: once'", "remove it or write 'occasion: once'");
        if (onceBy is not null && onceBy.Kind != anchor)
            section.Wrong("once-by", "'once-by' is not a field of the anchor", "name a code or a text of the anchor");
        if (onceBy is { Field.Required: false })
            section.Wrong("once-by", $"'{onceBy.Ref}' may be missing from a record", "name a field that every record has");

        var conditions = new ConditionReader(_fields).ReadAll(section, "conditions");
        var bounds = conditions.Aggregate(Bounds.None, (b, c) => b.And(c, context.Facts));
        if (bounds.Impossible() is { } field)
            section.Wrong("conditions", $"the conditions on '{field}' can never hold together", "check their numbers and words");
        var award = section.Child("award") is { } paid ? ReadAward(paid, bounds) : null;
        var caps = Caps(section, award, anchor);
        var rounding = section.Choice("rounding", Vocabulary.Roundings);
        var funding = Funding(section);
        var pool = Pool(section);
        var charges = section.Choice("charges", Vocabulary.ChargedYears);
        var group = Group(section, anchor);
        var click = section.Has("click-days") ? section.Whole("click-days", 1, 366) : null;
        var notice = section.Has("notice-days") ? section.Whole("notice-days", 0, 60) : 0;
        var publicity = section.Choice("publicity", Vocabulary.Publicities, required: false) ?? Publicity.Public;
        var payment = section.Has("payment-days") ? section.Whole("payment-days", 1, 3_660) : null;
        var working = section.Has("payment-working-days") ? section.Whole("payment-working-days", 1, 366) : null;
        if (section.Has("payment-days") && section.Has("payment-working-days"))
            section.Wrong(
                "payment-working-days",
                "days to pay within are given twice",
                "leave one of 'payment-days' and 'payment-working-days'"
            );
        if (pool is not null)
            Sources(section, pool);
        section.Close();
        if (anchor is null || occasion is null || award is null || rounding is null || funding is null || pool is null || charges is null)
            return null;

        return new Terms
        {
            Anchor = anchor.Id,
            Occasion = occasion.Value,
            OnceBy = onceBy?.Ref,
            Conditions = conditions,
            Award = award,
            Caps = caps,
            Rounding = rounding.Value,
            Funding = funding,
            Pool = pool.Id,
            Charges = charges.Value,
            Group = group,
            Click = click is { } days ? new Click(days) : null,
            NoticeDays = notice ?? 0,
            Publicity = publicity,
            PaymentDays = payment ?? working,
            PaymentInWorkingDays = payment is null && working is not null,
        };
    }

    private static OccasionKind? Occasion(Section section, FactKind? anchor)
    {
        var occasion = section.Choice("occasion", Vocabulary.Occasions);
        if (anchor is null)
            return occasion;
        if (anchor.Period is PeriodKind.State && occasion is OccasionKind.Record or OccasionKind.Year)
            section.Wrong(
                "anchor",
                $"'{anchor.Id}' is a state and gives no occasions",
                "anchor on a record or a yearly figure, or write 'occasion: once'"
            );
        if (occasion is OccasionKind.Year && anchor.Period is not PeriodKind.Year)
            section.Wrong("occasion", $"'{anchor.Id}' is not a yearly figure", "write 'occasion: record' or anchor on a yearly figure");
        return occasion;
    }

    private Award? ReadAward(Section section, Bounds bounds)
    {
        var award = new AwardReader(_fields).Read(section, bounds);
        section.Close();
        return award;
    }

    private List<Cap> Caps(Section section, Award? award, FactKind? anchor)
    {
        var caps = new List<Cap>();
        foreach (var child in section.Children("caps", required: false))
        {
            var amount = AwardReader.Money(child, "amount");
            var span = child.Choice("span", Vocabulary.CapSpans);
            var by = _fields.Field(child, "by", required: false);
            if (by is not null && by.Kind != anchor)
                child.Wrong(
                    "by",
                    "'by' is not a field of the anchor",
                    "name the anchor's field of which each value has its own ceiling, as the person"
                );
            if (by is not null && span is CapSpan.Occasion)
                child.Wrong("by", "each occasion has its own ceiling anyway", "remove 'by', or write 'span: year' or 'span: lifetime'");
            child.Close();
            if (amount is null || span is null || (by is null && child.Has("by")))
                continue;
            if (caps.Any(c => c.Span == span && c.By == by?.Ref))
                child.Wrong("span", "two ceilings count over the same span", "keep the lower one");
            if (award is Award.Fixed fixedAward && fixedAward.Amount > amount)
                child.Doubtful(
                    "amount",
                    $"the fixed award of {fixedAward.Amount.ToYuanText()} yuan is always cut to this ceiling",
                    "check both against the print"
                );
            caps.Add(new(amount.Value, span.Value, by?.Ref));
        }

        foreach (
            var (inner, outer) in caps.SelectMany(a =>
                caps.Where(b => b.Span > a.Span && b.By == a.By && b.Amount < a.Amount).Select(b => (a, b))
            )
        )
            section.Doubtful(
                "caps",
                $"the ceiling for each {Name(inner.Span)} is above that for the {Name(outer.Span)}",
                "check both against the print"
            );
        return caps;
    }

    private static string Name(CapSpan span) => span.ToString().ToLowerInvariant();

    private Funding? Funding(Section section)
    {
        if (section.Child("funding") is not { } child)
            return null;
        Funding? funding = null;
        if (child.Has("city-fact") || child.Has("county-fact"))
        {
            var city = _fields.Field(child, "city-fact", true, FieldType.Money);
            var county = _fields.Field(child, "county-fact", true, FieldType.Money);
            if (city is not null && county is not null)
                funding = new Funding.ByFact(city.Ref, county.Ref);
        }
        else
        {
            var city = child.Whole("city", 0, 10_000);
            var county = child.Whole("county", 0, 10_000);
            if (city is 0)
                child.Wrong(
                    "city",
                    "the city bears nothing, so nothing would charge its pool",
                    "write the weights of city and county, as {city: 1, county: 1}"
                );
            if (city is not null && county is not null)
                funding = new Funding.Ratio(city.Value, county.Value);
        }

        child.Close();
        return funding;
    }

    private PoolDefinition? Pool(Section section)
    {
        if (section.Text("pool") is not { } id)
            return null;
        if (context.Pools.FirstOrDefault(p => p.Id == id) is { } pool)
            return pool;
        section.Wrong("pool", $"there is no pool '{id}'", "write one of " + string.Join(", ", context.Pools.Select(p => p.Id)));
        return null;
    }

    private ExclusivityGroup? Group(Section section, FactKind? anchor)
    {
        if (section.Child("group", required: false) is not { } child)
            return null;
        var id = child.Text("id");
        var span = child.Choice("span", Vocabulary.GroupSpans);
        var unit = _fields.Field(child, "unit", required: span is GroupSpan.Field);
        var order = child.Whole("order", 1, 1_000);
        if (unit is not null && span is not GroupSpan.Field)
            child.Wrong("unit", "only 'span: field' has a unit", "remove 'unit' or write 'span: field'");
        if (unit is not null && unit.Kind != anchor)
            child.Wrong("unit", "'unit' is not a field of the anchor", "name the anchor's field that tells what conflicts");
        child.Close();
        return id is null || span is null || order is null ? null : new(id, unit?.Ref, span.Value, order.Value);
    }

    /// <summary>A pool waits for its sources only; an entry that read another source could change behind the pool's back.</summary>
    private void Sources(Section section, PoolDefinition pool)
    {
        var agencies = _fields.Kinds.Select(k => context.Facts.Find(k)!.Agency).Distinct().Except(pool.Sources);
        foreach (var agency in agencies)
            section.Wrong(
                "pool",
                $"pool '{pool.Id}' does not wait for '{agency}', which this entry reads",
                $"add '{agency}' to the pool's sources in pools.yaml"
            );
    }
}
