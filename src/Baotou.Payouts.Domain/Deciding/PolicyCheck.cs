using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>What one entry says about one occasion, before the other members of its group are looked at.</summary>
internal sealed record Verdict(
    Policy Policy,
    Outcome Outcome,
    string Occasion,
    int Year,
    Fen Amount,
    Fact Anchor,
    IReadOnlyList<Fact> Used,
    string GroupUnit,
    (long City, long County) Weights,
    IReadOnlyList<Step> Steps,
    Bilingual Arithmetic
)
{
    public Shares SharesOf(Fen amount) => Money.Shares.Split(amount, Weights.City, Weights.County);

    public bool IsEntitled => Outcome == Outcome.Entitled;

    /// <summary>What was left of each shared ceiling that cut the amount, in order.</summary>
    public IReadOnlyList<(CapSpan Span, Fen Left)> Cuts { get; init; } = [];
}

/// <summary>Applies all versions of one entry to everything that is known about an enterprise.</summary>
internal sealed class PolicyCheck
{
    private readonly IReadOnlyList<Policy> _versions;
    private readonly FactDictionary _dictionary;
    private readonly int _wording;

    public PolicyCheck(IReadOnlyList<Policy> versions, FactDictionary dictionary, int wording)
    {
        (_versions, _dictionary, _wording) = (versions, dictionary, wording);
        Anchors = [.. versions.Where(v => v.Terms is not null).Select(v => v.Terms!.Anchor).Distinct()];
        Kinds = [.. versions.Where(v => v.Terms is not null).SelectMany(v => TermsWalk.KindsOf(v.Terms!)).Distinct()];
    }

    public string Id => _versions[0].Id;

    public IReadOnlyList<Policy> Versions => _versions;

    public IReadOnlyList<string> Anchors { get; }

    /// <summary>All kinds of facts it reads: a fact of another kind cannot change its verdicts.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>
    /// One verdict for each occasion, in the order of their moments; those of a version that is not published yet are left out.
    /// </summary>
    public List<Verdict> Check(FactView view, Func<Policy, bool> isPublished, bool explain)
    {
        var verdicts = new List<Verdict>();
        var counted = new Dictionary<(Condition, int), Counted>();
        foreach (var anchorKind in Anchors)
        {
            foreach (var anchor in OccasionsOf(anchorKind, view))
            {
                if (VersionFor(anchor, anchorKind, isPublished) is { } version)
                    verdicts.Add(CheckOne(version, anchor, view, explain, remember: explain, counted));
                else if (explain && NotInForce(anchorKind, anchor) is { } expired)
                    verdicts.Add(expired);
            }
        }

        KeepFirstOfOnce(verdicts, explain);
        UseUpSharedCaps(verdicts, explain);
        return verdicts;
    }

    /// <summary>The same verdict with all records it rests on, and with its reasons if asked for.</summary>
    public Verdict Detail(Verdict verdict, FactView view, bool explain)
    {
        var detail = CheckOne(verdict.Policy, verdict.Anchor, view, explain, remember: true, counted: null);
        return detail with
        {
            Amount = verdict.Amount,
            Arithmetic = explain ? verdict.Cuts.Aggregate(detail.Arithmetic, (a, cut) => Capped(a, cut.Left, cut.Span)) : detail.Arithmetic,
        };
    }

    private IEnumerable<Fact> OccasionsOf(string kind, FactView view) =>
        _dictionary.Find(kind)!.Period is PeriodKind.Year or PeriodKind.Month && _versions.Any(v => v.Terms?.Occasion == OccasionKind.Year)
            ? view.OfKind(kind).Where(f => ReferenceEquals(view.OfPeriod(kind, f.Period), f))
            : view.OfKind(kind);

    private Policy? VersionFor(Fact anchor, string anchorKind, Func<Policy, bool> isPublished)
    {
        var day = Occasion.ValidityDay(anchor);
        return _versions.FirstOrDefault(v => v.Terms?.Anchor == anchorKind && v.Validity.Contains(day) && isPublished(v));
    }

    private Verdict? NotInForce(string anchorKind, Fact anchor)
    {
        var version = _versions.LastOrDefault(v => v.Terms?.Anchor == anchorKind);
        if (version is null)
            return null;
        var day = Occasion.ValidityDay(anchor);
        var step = new Step(
            new("政策有效期", "validity of the entry"),
            Day(day),
            Validity(version),
            false,
            anchor.Source,
            anchor.RecordId,
            anchor.EffectiveOn
        );
        var occasion = new Occasion(version, version.Terms!, anchor, new FactView(), _dictionary, remember: true, _wording);
        return new Verdict(
            version,
            Outcome.Expired,
            occasion.Key,
            occasion.Year,
            Fen.Zero,
            anchor,
            occasion.Used,
            "",
            default,
            [step],
            new("", "")
        );
    }

    internal static Bilingual Validity(Policy version)
    {
        return (version.Validity.From, version.Validity.To) switch
        {
            ({ } from, { } to) => new($"{Day(from)} – {Day(to)}（含首尾）", $"{Day(from)} – {Day(to)}, both ends included"),
            ({ } from, null) => new($"自{Day(from)}起（含），截止日原文未定", $"from {Day(from)} on (included), no last day known"),
            (null, { } to) => new($"至{Day(to)}止（含），起始日原文未定", $"until {Day(to)} (included), no first day known"),
            _ => new("原文未定", "not known"),
        };
    }

    private Verdict CheckOne(
        Policy version,
        Fact anchor,
        FactView view,
        bool explain,
        bool remember,
        Dictionary<(Condition, int), Counted>? counted
    )
    {
        var terms = version.Terms!;
        var occasion = new Occasion(version, terms, anchor, view, _dictionary, remember, _wording, counted);
        List<Step>? steps = explain ? [] : null;
        bool failed = false,
            missing = false;
        foreach (var condition in terms.Conditions)
        {
            var holds = ConditionCheck.Check(condition, occasion, steps);
            if (holds == false)
                failed = true;
            else if (holds is null)
                missing = true;
            if (failed && !explain)
                break;
        }

        if (failed || missing)
            return Verdict(failed ? Outcome.NotEntitled : Outcome.FactsMissing);
        var result = AwardMath.Work(terms.Award, occasion);
        if (result.Missing is { } field)
        {
            steps?.Add(MissingStep(occasion, field));
            return Verdict(Outcome.FactsMissing);
        }

        if (result.Amount is not { } worked)
            return Verdict(Outcome.NotEntitled) with { Arithmetic = explain && result.Nothing is { } why ? why() : new("", "") };
        var amount = worked.Exact.Round(terms.Rounding);
        var arithmetic = explain ? Arithmetic(worked, amount) : new Bilingual("", "");
        foreach (var cap in terms.Caps.Where(c => c.Span == CapSpan.Occasion && amount > c.Amount))
        {
            amount = cap.Amount;
            if (explain)
                arithmetic = Capped(arithmetic, cap.Amount, CapSpan.Occasion);
        }

        if (amount <= Fen.Zero)
            return Verdict(Outcome.NotEntitled) with { Arithmetic = arithmetic };
        return WeightsOf(terms.Funding, occasion) is { } weights
            ? Verdict(Outcome.Entitled) with
            {
                Amount = amount,
                Weights = weights,
                Arithmetic = arithmetic,
                Used = [.. occasion.Used],
            }
            : Verdict(Outcome.FactsMissing);

        Verdict Verdict(Outcome outcome) =>
            new(
                version,
                outcome,
                occasion.Key,
                occasion.Year,
                Fen.Zero,
                anchor,
                [.. occasion.Used],
                GroupUnit(terms, occasion),
                default,
                steps ?? [],
                new("", "")
            );
    }

    private Step MissingStep(Occasion occasion, FieldRef field)
    {
        var kind = occasion.Kind(field.Kind);
        return new Step(
            Wording.Field(field, kind, occasion.Field(field), _wording),
            "",
            new("有数据（用于计算金额）", "known, for the amount"),
            null,
            kind.Agency,
            "",
            null
        );
    }

    private static (long City, long County)? WeightsOf(Funding funding, Occasion occasion)
    {
        switch (funding)
        {
            case Funding.Ratio ratio:
                return (ratio.City, ratio.County);
            case Funding.ByFact by when occasion.Resolve(by.City) is { } city && occasion.Resolve(by.County) is { } county:
                return city.Value.Number + county.Value.Number == 0 ? null : (city.Value.Number, county.Value.Number);
            default:
                return null;
        }
    }

    private static string GroupUnit(Terms terms, Occasion occasion) =>
        terms.Group switch
        {
            null => "",
            { Span: GroupSpan.Year } => occasion.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
            { Span: GroupSpan.Lifetime } => "*",
            { Unit: { } unit } => occasion.Resolve(unit)?.Value.ToDeliveredText() ?? "",
            _ => throw new InvalidOperationException($"Group {terms.Group.Id} has no unit; the catalogue's checks refuse that."),
        };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static void KeepFirstOfOnce(List<Verdict> verdicts, bool explain)
    {
        var first = new Dictionary<string, Fact>(StringComparer.Ordinal);
        for (var i = 0; i < verdicts.Count; i++)
        {
            var verdict = verdicts[i];
            if (
                verdict.Policy.Terms!.Occasion != OccasionKind.Once
                || !verdict.IsEntitled
                || first.TryAdd(verdict.Occasion, verdict.Anchor)
            )
                continue;
            var before = Day(first[verdict.Occasion].EffectiveOn);
            verdicts[i] = verdict with
            {
                Outcome = Outcome.NotEntitled,
                Amount = Fen.Zero,
                Steps = explain
                    ?
                    [
                        .. verdict.Steps,
                        new Step(
                            new("一次性奖励", "one-time award"),
                            Day(verdict.Anchor.EffectiveOn),
                            new($"首次（{before}已有记录）", $"the first time (there is a record of {before})"),
                            false,
                            verdict.Anchor.Source,
                            verdict.Anchor.RecordId,
                            verdict.Anchor.EffectiveOn
                        ),
                    ]
                    : verdict.Steps,
            };
        }
    }

    private static void UseUpSharedCaps(List<Verdict> verdicts, bool explain)
    {
        var used = new Dictionary<(CapSpan, int, string), Fen>();
        for (var i = 0; i < verdicts.Count; i++)
        {
            var verdict = verdicts[i];
            var terms = verdict.Policy.Terms!;
            var amount = verdict.Amount;
            foreach (var cap in terms.Caps.Where(c => c.Span != CapSpan.Occasion))
            {
                var rest = cap.Amount - used.GetValueOrDefault(KeyOf(cap, verdict));
                if (amount > rest)
                {
                    amount = Fen.Max(rest, Fen.Zero);
                    verdict = verdict with
                    {
                        Cuts = [.. verdict.Cuts, (cap.Span, amount)],
                        Arithmetic = explain ? Capped(verdict.Arithmetic, amount, cap.Span) : verdict.Arithmetic,
                    };
                }
            }

            foreach (var cap in terms.Caps.Where(c => c.Span != CapSpan.Occasion))
            {
                var key = KeyOf(cap, verdict);
                used[key] = used.GetValueOrDefault(key) + amount;
            }

            if (amount == verdict.Amount)
                continue;
            verdicts[i] = verdict with { Outcome = amount > Fen.Zero ? Outcome.Entitled : Outcome.NotEntitled, Amount = amount };
        }

        static (CapSpan, int, string) KeyOf(Cap cap, Verdict verdict) =>
            (
                cap.Span,
                cap.Span == CapSpan.Year ? verdict.Year : 0,
                cap.By is { } by ? $"{by.Field}={verdict.Anchor.Value(by.Field)?.ToDeliveredText()}" : ""
            );
    }

    private static Bilingual Arithmetic(Worked worked, Fen amount)
    {
        var (words, paid) = (worked.Words(), Wording.Amount(amount));
        return words == paid ? paid : new($"{words.Zh} = {paid.Zh}", $"{words.En} = {paid.En}");
    }

    private static Bilingual Capped(Bilingual arithmetic, Fen cap, CapSpan span)
    {
        var (zh, en) = span switch
        {
            CapSpan.Year => ("年度上限余额", "left of the yearly ceiling"),
            CapSpan.Lifetime => ("累计上限余额", "left of the ceiling for all years"),
            _ => ("上限", "ceiling"),
        };
        return new($"{arithmetic.Zh}；{zh}{Wording.Yuan(cap)}", $"{arithmetic.En}; {en} {Wording.YuanEn(cap)}");
    }
}
