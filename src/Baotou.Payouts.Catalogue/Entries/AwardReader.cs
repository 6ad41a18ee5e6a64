using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>Reads awards, each by the word that only it has.</summary>
internal sealed class AwardReader(FieldReader fields)
{
    private static readonly string[] Words = ["fixed", "tier", "percent", "per-unit", "steps", "yearly", "interest", "lowest-of", "top-up"];

    /// <summary>The award in a mapping that may hold other keys too; the caller closes the mapping.</summary>
    internal Award? Read(Section section, Bounds bounds)
    {
        var words = Words.Where(section.Has).ToArray();
        if (words.Length != 1)
        {
            section.Problems.Add(
                section.File,
                section.Line,
                section.Entry,
                words.Length == 0 ? "no award is named" : $"two awards are named: {string.Join(" and ", words)}",
                "write exactly one of " + string.Join(", ", Words)
            );
            return null;
        }

        if (words[0] == "fixed")
            return Money(section, "fixed") is { } amount ? new Award.Fixed(amount) : null;
        if (words[0] == "lowest-of")
            return LowestOf(section, bounds);
        if (section.Child(words[0]) is not { } child)
            return null;
        Award? award = words[0] switch
        {
            "tier" => new TierReader(fields, this).Read(child, bounds),
            "percent" => Percent(child, bounds),
            "per-unit" => PerUnit(child),
            "steps" => Steps(child),
            "yearly" => Yearly(child),
            "top-up" => TopUp(child, bounds),
            _ => Interest(child),
        };
        child.Close();
        return award;
    }

    /// <summary>A positive amount.</summary>
    internal static Fen? Money(Section section, string key)
    {
        if (section.Text(key) is not { } text)
            return null;
        if (Units.Money(text) is not { } amount)
            section.Wrong(key, $"'{text}' is not an amount", "write yuan with the unit, as '300000 yuan'");
        else if (amount <= Fen.Zero)
            section.Wrong(key, $"'{key}' is nothing", "write an amount above 0, or remove the entry");
        else
            return amount;
        return null;
    }

    private Award.Percent? Percent(Section section, Bounds bounds)
    {
        var of = fields.Field(section, "of", true, FieldType.Money);
        var by = fields.Field(section, "class", false, FieldType.Code);
        var rates = new Dictionary<string, BasisPoints>(StringComparer.Ordinal);
        if (section.Child("rates", required: by is not null) is { } table)
        {
            foreach (var code in table.Keys)
            {
                if (Rate(table, code) is { } rate)
                    rates[code] = rate;
                if (by is not null && by.Field.Codes.All(c => c.Code != code))
                    table.Wrong(
                        code,
                        $"'{by.Ref}' has no code '{code}'",
                        "write codes of " + string.Join(", ", by.Field.Codes.Select(c => c.Code))
                    );
            }

            if (by is null)
                section.Wrong("rates", "there are rates without a class", "write 'class: kind.field', or the one rate as 'otherwise'");
        }

        var otherwise = section.Has("otherwise") ? Rate(section, "otherwise") : null;
        if (by is null && !section.Has("otherwise"))
            section.Wrong("otherwise", "there is no rate", "write 'otherwise: 5%'");
        if (by is not null && !section.Has("otherwise"))
        {
            var without = bounds.Of(by.Ref, by.Field).Except(rates.Keys);
            if (!without.IsEmpty)
                section.Doubtful(
                    "rates",
                    $"no rate for {string.Join(", ", without.Order(StringComparer.Ordinal))}: they get nothing",
                    "write a rate, 'otherwise', or a condition"
                );
        }

        return of is null || (by is null && section.Has("class")) ? null : new(of.Ref, by?.Ref, rates, otherwise);
    }

    private Award.PerUnit? PerUnit(Section section)
    {
        var units = fields.Field(section, "units", true, FieldType.Count, FieldType.Quantity);
        var times = fields.Field(section, "times", false, FieldType.Count);
        var each = section.Has("each") && units is not null ? Number(section, "each", units.Field) : 1;
        var amount = Money(section, "amount");
        long? most = section.Has("at-most") ? section.Whole("at-most", 1, int.MaxValue) : null;
        if (each is 0)
            section.Wrong("each", "'each' is nothing", "write 1 or more");
        if (units?.Field.Type is FieldType.Quantity && section.Has("each"))
            section.Wrong("each", "a measured quantity is paid to its thousandth and has no blocks", "name a count, or remove 'each'");
        return units is null || each is null or 0 || amount is null || (times is null && section.Has("times"))
            ? null
            : new(units.Ref, times?.Ref, each.Value, amount.Value, most);
    }

    private Award.Steps? Steps(Section section)
    {
        var of = fields.Field(section, "of", true, FieldType.Count);
        if (of is null)
            return null;
        var from = Number(section, "from", of.Field);
        var first = Money(section, "base");
        var each = Number(section, "each", of.Field);
        var more = Money(section, "more");
        if (each is 0)
            section.Wrong("each", "a step is nothing wide", "write 1 or more");
        return from is null || first is null || each is null or 0 || more is null
            ? null
            : new(of.Ref, from.Value, first.Value, each.Value, more.Value);
    }

    private Award.YearlySchedule? Yearly(Section section)
    {
        var of = fields.Field(section, "of", true, FieldType.Money);
        var first = fields.Field(section, "first-year", true, FieldType.Date, FieldType.Count);
        var rates = new List<BasisPoints>();
        foreach (var text in section.Texts("rates"))
        {
            if (Checked(section, "rates", text) is { } rate)
                rates.Add(rate);
        }

        return of is null || first is null || rates.Count == 0 ? null : new(of.Ref, first.Ref, rates);
    }

    private Award.Interest? Interest(Section section)
    {
        var share = Rate(section, "share");
        InterestBasis? basis = null;
        if (section.Has("paid"))
        {
            if (fields.Field(section, "paid", true, FieldType.Money) is { } paid)
                basis = new InterestBasis.Paid(paid.Ref);
        }
        else
        {
            var principal = fields.Field(section, "principal", true, FieldType.Money);
            var rate = fields.Field(section, "rate", true, FieldType.Rate);
            var days = fields.Field(section, "days", true, FieldType.Count);
            var dayCount = section.Whole("day-count", 360, 365);
            if (dayCount is > 360 and < 365)
                section.Wrong("day-count", "a year has 360 or 365 days here", "write 360 or 365");
            if (principal is not null && rate is not null && days is not null && dayCount is not null)
                basis = new InterestBasis.Computed(principal.Ref, rate.Ref, days.Ref, dayCount.Value);
        }

        return basis is null || share is null ? null : new(basis, share.Value);
    }

    private Award.LowestOf? LowestOf(Section section, Bounds bounds)
    {
        var children = section.Children("lowest-of");
        if (children.Count < 2)
            section.Wrong(
                "lowest-of",
                "'lowest-of' has fewer than two awards",
                "write the awards of which the lowest counts, or the one award without 'lowest-of'"
            );
        var awards = new List<Award>();
        foreach (var child in children)
        {
            if (Read(child, bounds) is { } award)
                awards.Add(award);
            child.Close();
        }

        return awards.Count < 2 ? null : new(awards);
    }

    private Award.TopUp? TopUp(Section section, Bounds bounds)
    {
        var to = section.Child("to") is { } child ? Closed(child) : null;
        var received = fields.Field(section, "received", true, FieldType.Money);
        return to is null || received is null ? null : new(to, received.Ref);

        Award? Closed(Section child)
        {
            var award = Read(child, bounds);
            child.Close();
            return award;
        }
    }

    private static BasisPoints? Rate(Section section, string key) => section.Text(key) is { } text ? Checked(section, key, text) : null;

    private static BasisPoints? Checked(Section section, string key, string text)
    {
        if (Units.Rate(text) is not { } rate)
        {
            section.Wrong(key, $"'{text}' is not a rate", "write per cent with at most two decimals, as '5%'");
            return null;
        }

        if (rate.Value == 0)
            section.Wrong(key, "the rate is 0%", "write a rate above 0, or remove it");
        if (rate.Value > 10_000)
            section.Doubtful(key, $"the rate is {rate}, more than the whole", "check the print");
        return rate;
    }

    private static long? Number(Section section, string key, FactField field)
    {
        if (section.Text(key) is not { } text)
            return null;
        if (Units.Read(field, text, out var expected) is { } value)
            return value.Number;
        section.Wrong(key, $"'{text}' does not fit '{field.Name}'", "write " + expected);
        return null;
    }
}
