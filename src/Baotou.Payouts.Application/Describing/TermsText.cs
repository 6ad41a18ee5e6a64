using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Describing;

/// <summary>The computable part of an entry said to people: what is asked and what is paid, in Chinese and English.</summary>
/// <param name="facts">The dictionary the entry was checked against; a kind or field it lacks throws
/// <see cref="InvalidOperationException"/>.</param>
/// <param name="anchor">Id of the kind whose records are the occasions; its fields are named without their kind.</param>
public sealed class TermsText(FactDictionary facts, string anchor)
{
    /// <summary>One condition in one sentence: "组织者 为旅行社".</summary>
    public Bilingual Say(Condition condition) =>
        condition switch
        {
            Condition.Compare c => Say(Name(c.Field), Compared(c.Field, c.Comparison, c.Threshold)),
            Condition.OneOf c => Say(Name(c.Field), OneOf(c)),
            Condition.WithinDays c => Say(
                Name(c.From),
                c.To is null
                    ? new(
                        $"至事项发生日不超过{c.Days}天（含首尾）",
                        $"to the day of the occasion: within {c.Days} days, both ends included"
                    )
                    : new($"至{Name(c.To).Zh}不超过{c.Days}天（含首尾）", $"to {Name(c.To).En}: within {c.Days} days, both ends included")
            ),
            Condition.YearsSince c => Say(
                Name(c.From),
                new(
                    $"至事项发生日{Wording.Comparison(c.Comparison).Zh}{c.Years}年",
                    $"{Wording.Comparison(c.Comparison).En} {c.Years} whole years until the day of the occasion"
                )
            ),
            Condition.Count c => Counted(c),
            Condition.Total c => Say(
                new($"当年累计{Name(c.Field).Zh}{Where(c.Where).Zh}", $"total of the year, {Name(c.Field).En}{Where(c.Where).En}"),
                Compared(c.Field, c.Comparison, c.Threshold)
            ),
            Condition.AnyOf c => new(
                "符合其一：" + string.Join(" / ", c.Conditions.Select(x => Say(x).Zh)),
                "any of: " + string.Join(" / ", c.Conditions.Select(x => Say(x).En))
            ),
            _ => throw new InvalidOperationException($"Unknown condition {condition.GetType().Name}."),
        };

    /// <summary>An award in one sentence: "已加计扣除的研发费用 × 5%".</summary>
    public Bilingual Say(Award award) =>
        award switch
        {
            Award.Fixed a => new(Wording.Yuan(a.Amount), Wording.YuanEn(a.Amount)),
            Award.Tier a => Tier(a),
            Award.Percent a => Percent(a),
            Award.PerUnit a => PerUnit(a),
            Award.Steps a => Steps(a),
            Award.YearlySchedule a => new(
                $"{Name(a.Of).Zh} × 自{Name(a.FirstYear).Zh}起逐年{string.Join("、", a.Rates)}",
                $"{Name(a.Of).En} × {string.Join(", ", a.Rates)}, year by year from {Name(a.FirstYear).En}"
            ),
            Award.Interest { Basis: InterestBasis.Paid p } a => new(
                $"{Name(p.Interest).Zh} × {a.Share}",
                $"{Name(p.Interest).En} × {a.Share}"
            ),
            Award.Interest { Basis: InterestBasis.Computed c } a => new(
                $"{Name(c.Principal).Zh} × {Name(c.Rate).Zh} × {Name(c.Days).Zh} ÷ {c.DayCount} × {a.Share}",
                $"{Name(c.Principal).En} × {Name(c.Rate).En} × {Name(c.Days).En} ÷ {c.DayCount} × {a.Share}"
            ),
            Award.LowestOf a => new(
                "取低：" + string.Join(" / ", a.Awards.Select(x => Say(x).Zh)),
                "the lowest of: " + string.Join(" / ", a.Awards.Select(x => Say(x).En))
            ),
            Award.TopUp a => new($"（{Say(a.To).Zh}） − {Name(a.Received).Zh}", $"({Say(a.To).En}) − {Name(a.Received).En}"),
            _ => throw new InvalidOperationException($"Unknown award {award.GetType().Name}."),
        };

    /// <summary>Who bears it: "市级与旗县区1:1".</summary>
    public Bilingual Say(Funding funding) =>
        funding switch
        {
            Funding.Ratio { County: 0 } => new("市级承担", "the city alone"),
            Funding.Ratio r => new($"市级与旗县区{r.City}:{r.County}", $"city and county {r.City}:{r.County}"),
            Funding.ByFact f => new(
                $"市级与旗县区按{Name(f.City).Zh}与{Name(f.County).Zh}之比",
                $"city and county as {Name(f.City).En} stands to {Name(f.County).En}"
            ),
            _ => throw new InvalidOperationException($"Unknown funding {funding.GetType().Name}."),
        };

    private static Bilingual Say(Bilingual what, Bilingual asked) => new($"{what.Zh} {asked.Zh}", $"{what.En}: {asked.En}");

    private Bilingual Compared(FieldRef field, Comparison comparison, FactValue threshold) =>
        Wording.Compared(FieldOf(field), comparison, threshold);

    private Bilingual OneOf(Condition.OneOf condition)
    {
        var titles = condition.Codes.Select(FieldOf(condition.Field).TitleOf).ToList();
        return new("属于：" + string.Join("、", titles.Select(t => t.Zh)), "one of " + string.Join(", ", titles.Select(t => t.En)));
    }

    private Bilingual Counted(Condition.Count condition)
    {
        var kind = KindOf(condition.Kind).Title;
        var comparison = Wording.Comparison(condition.Comparison);
        var where = Where(condition.Where);
        var (unitZh, unitEn) = condition.DistinctYears ? ("个不同年度", " different years") : ("条", "");
        var (yearsZh, yearsEn) = (condition.FromYear, condition.ToYear) is (0, 0)
            ? ("当年", "in the year")
            : (
                $"第{condition.FromYear}至{condition.ToYear}年（0为当年）",
                $"in years {condition.FromYear} to {condition.ToYear}, 0 being the occasion's"
            );
        return new(
            $"{yearsZh}“{kind.Zh}”记录{where.Zh} {comparison.Zh}{condition.Threshold}{unitZh}",
            $"records of {kind.En}{where.En} {yearsEn}: {comparison.En} {condition.Threshold}{unitEn}"
        );
    }

    private Bilingual Where(IReadOnlyList<Condition> conditions)
    {
        if (conditions.Count == 0)
            return new("", "");
        var said = conditions.Select(Say).ToList();
        return new($"（{string.Join("；", said.Select(s => s.Zh))}）", $" ({string.Join("; ", said.Select(s => s.En))})");
    }

    private Bilingual Tier(Award.Tier award)
    {
        var field = FieldOf(award.Field);
        var cases = award.Cases.Select(c => Wording.Join(Case(field, c), Say(c.Award))).ToList();
        return new(
            $"按{Name(award.Field).Zh}：{string.Join("；", cases.Select(c => c.Zh))}",
            $"by {Name(award.Field).En}: {string.Join("; ", cases.Select(c => c.En))}"
        );
    }

    private static Bilingual Case(FactField field, TierCase one)
    {
        switch (one)
        {
            case TierCase.ByCode c:
                return new(field.TitleOf(c.Code).Zh + " ", field.TitleOf(c.Code).En + ":");
            case TierCase.ByRange r:
                var from = r.From is { } f ? Wording.Value(field, new FactValue(field.Type, f)) : null;
                var below = r.Below is { } b ? Wording.Value(field, new FactValue(field.Type, b)) : null;
                return new(
                    string.Join(
                        "、",
                        new[] { from is null ? null : $"{from.Zh}以上（含）", below is null ? null : $"不足{below.Zh}" }.OfType<string>()
                    ) + " ",
                    string.Join(
                        " and ",
                        new[] { from is null ? null : $"from {from.En}", below is null ? null : $"below {below.En}" }.OfType<string>()
                    ) + ":"
                );
            default:
                throw new InvalidOperationException("Unknown case.");
        }
    }

    private Bilingual Percent(Award.Percent award)
    {
        var of = Name(award.Of);
        if (award.Class is null)
            return new($"{of.Zh} × {award.Otherwise}", $"{of.En} × {award.Otherwise}");
        var field = FieldOf(award.Class);
        var rates = award
            .Rates.OrderBy(r => r.Key, StringComparer.Ordinal)
            .Select(r => (Title: field.TitleOf(r.Key), Rate: r.Value))
            .ToList();
        var otherwise = award.Otherwise is { } rest ? new Bilingual($"、其他{rest}", $", others {rest}") : new Bilingual("", "");
        return new(
            $"{of.Zh} × 按{Name(award.Class).Zh}：{string.Join("、", rates.Select(r => $"{r.Title.Zh}{r.Rate}"))}{otherwise.Zh}",
            $"{of.En} × by {Name(award.Class).En}: {string.Join(", ", rates.Select(r => $"{r.Title.En} {r.Rate}"))}{otherwise.En}"
        );
    }

    private Bilingual PerUnit(Award.PerUnit award)
    {
        var units = Name(award.Units);
        var unit = FieldOf(award.Units).Unit;
        var block = Wording.Value(FieldOf(award.Units), FactValue.OfCount(award.Each)).Zh;
        var times = award.Times is null ? new Bilingual("", "") : new Bilingual($" × {Name(award.Times).Zh}", $" × {Name(award.Times).En}");
        var each = award.Each > 1 ? new Bilingual($"每满{block} ", $"for each full {award.Each} {unit} ") : new Bilingual("", "");
        var most = award.AtMost is { } m ? new Bilingual($"，最多计{m}", $", at most {m} counted") : new Bilingual("", "");
        return new(
            $"{units.Zh}{times.Zh} × {each.Zh}{Wording.Yuan(award.Amount)}{most.Zh}",
            $"{units.En}{times.En} × {each.En}{Wording.YuanEn(award.Amount)}{most.En}"
        );
    }

    private Bilingual Steps(Award.Steps award)
    {
        var field = FieldOf(award.Of);
        var of = Name(award.Of);
        return new(
            $"{of.Zh}达到{Wording.Value(field, new FactValue(field.Type, award.From)).Zh}：{Wording.Yuan(award.Base)}，每再满{award.Each}增加{Wording.Yuan(award.More)}",
            $"{of.En} of {Wording.Measured(Wording.Count(award.From), field.Unit)}: {Wording.YuanEn(award.Base)}, and {Wording.YuanEn(award.More)} for each full {award.Each} more"
        );
    }

    private Bilingual Name(FieldRef field) =>
        field.Kind == anchor && field.YearOffset == 0 ? FieldOf(field).Title : Wording.Field(field, KindOf(field.Kind), FieldOf(field));

    private FactKind KindOf(string id) =>
        facts.Find(id) ?? throw new InvalidOperationException($"The facts dictionary has no kind '{id}'.");

    private FactField FieldOf(FieldRef field) =>
        KindOf(field.Kind).Field(field.Field) ?? throw new InvalidOperationException($"The facts dictionary has no field '{field}'.");
}
