using System.Globalization;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>An amount before rounding and caps, with the words for it.</summary>
/// <param name="Exact">The exact amount.</param>
/// <param name="Zh">How it came about, in Chinese; empty unless asked for.</param>
/// <param name="En">The same in English.</param>
internal readonly record struct Worked(ExactFen Exact, string Zh, string En);

/// <summary>What an award comes to: an amount, nothing (no case fits, and why), or unknown because a fact is missing.</summary>
internal readonly record struct AwardResult(Worked? Amount, FieldRef? Missing, Bilingual? Nothing = null)
{
    public static readonly AwardResult None = new(null, null);
}

/// <summary>Works out awards exactly; rounding comes once, later.</summary>
internal static class AwardMath
{
    public static AwardResult Work(Award award, Occasion occasion, bool explain) => award switch
    {
        Award.Fixed a => Done(ExactFen.Of(a.Amount), explain ? Wording.Yuan(a.Amount) : "", explain ? Wording.YuanEn(a.Amount) : ""),
        Award.Tier a => Tier(a, occasion, explain),
        Award.Percent a => Percent(a, occasion, explain),
        Award.PerUnit a => PerUnit(a, occasion, explain),
        Award.Steps a => Steps(a, occasion, explain),
        Award.YearlySchedule a => Yearly(a, occasion, explain),
        Award.Interest a => Interest(a, occasion, explain),
        Award.LowestOf a => LowestOf(a, occasion, explain),
        Award.TopUp a => TopUp(a, occasion, explain),
        _ => throw new InvalidOperationException($"Unknown award {award.GetType().Name}."),
    };

    private static AwardResult Done(ExactFen exact, string zh, string en) => new(new Worked(exact, zh, en), null);

    private static AwardResult Missing(FieldRef field) => new(null, field);

    private static AwardResult Nothing(bool explain, string zh, string en) => explain ? new(null, null, new Bilingual(zh, en)) : AwardResult.None;

    private static AwardResult Tier(Award.Tier award, Occasion occasion, bool explain)
    {
        if (occasion.Resolve(award.Field) is not { } found) return Missing(award.Field);
        foreach (var one in award.Cases)
        {
            var fits = one switch
            {
                TierCase.ByCode c => found.Value.Text == c.Code,
                TierCase.ByRange r => !(found.Value.Number < r.From) && !(found.Value.Number >= r.Below),
                _ => throw new InvalidOperationException("Unknown case."),
            };
            if (!fits) continue;
            var result = Work(one.Award, occasion, explain);
            if (!explain || result.Amount is not { } worked) return result;
            var field = occasion.Field(award.Field);
            var value = Wording.Value(field, found.Value);
            return Done(worked.Exact, $"{field.Title.Zh}{value.Zh}：{worked.Zh}", $"{field.Title.En} {value.En}: {worked.En}");
        }

        var without = Wording.Value(occasion.Field(award.Field), found.Value);
        return Nothing(explain, $"{occasion.Field(award.Field).Title.Zh}{without.Zh}没有对应的档次", $"no case for {occasion.Field(award.Field).Title.En} {without.En}");
    }

    private static AwardResult Percent(Award.Percent award, Occasion occasion, bool explain)
    {
        if (occasion.Resolve(award.Of) is not { } of) return Missing(award.Of);
        if (award.Class is null) return award.Otherwise is { } only ? Share(new Fen(of.Value.Number), only, explain) : AwardResult.None;
        if (occasion.Resolve(award.Class) is not { } code) return Missing(award.Class);
        if ((award.Rates.TryGetValue(code.Value.Text!, out var own) ? own : award.Otherwise) is not { } rate) return AwardResult.None;
        var share = Share(new Fen(of.Value.Number), rate, explain);
        if (!explain || share.Amount is not { } worked) return share;
        var field = occasion.Field(award.Class);
        var title = Wording.Value(field, code.Value);
        return Done(worked.Exact, $"{worked.Zh}（{field.Title.Zh}：{title.Zh}）", $"{worked.En} ({field.Title.En}: {title.En})");
    }

    private static AwardResult Share(Fen amount, BasisPoints rate, bool explain) =>
        Done(ExactFen.Of(amount, rate), explain ? $"{Wording.Yuan(amount)} × {rate}" : "", explain ? $"{Wording.YuanEn(amount)} × {rate}" : "");

    private static AwardResult PerUnit(Award.PerUnit award, Occasion occasion, bool explain)
    {
        if (occasion.Resolve(award.Units) is not { } units) return Missing(award.Units);
        var times = 1L;
        if (award.Times is not null)
        {
            if (occasion.Resolve(award.Times) is not { } factor) return Missing(award.Times);
            times = factor.Value.Number;
        }

        var scale = units.Value.Type == FieldType.Quantity ? 1000 : 1;
        var amount = (Int128)units.Value.Number * times;
        var divisor = (Int128)scale;
        if (award.Each > 1)
        {
            amount /= (Int128)award.Each * scale;
            divisor = 1;
        }

        if (award.AtMost is { } most && amount > most * divisor) amount = most * divisor;
        var exact = new ExactFen(checked(amount * award.Amount.Value), divisor);
        if (!explain) return Done(exact, "", "");
        var field = occasion.Field(award.Units);
        if (award.Times is { } by && award.Each == 1 && award.AtMost is null)
        {
            var factor = occasion.Field(by);
            return Done(
                exact, $"{field.Title.Zh}{units.Value.ToDeliveredText()} × {factor.Title.Zh}{times} × {Wording.Yuan(award.Amount)}",
                $"{field.Title.En} {units.Value.ToDeliveredText()} × {factor.Title.En} {times} × {Wording.YuanEn(award.Amount)}");
        }

        var number = (((decimal)amount) / (decimal)divisor).ToString("0.###", CultureInfo.InvariantCulture);
        if (award.Each == 1) return Done(exact, $"{field.Title.Zh}{number} × {Wording.Yuan(award.Amount)}", $"{field.Title.En} {number} × {Wording.YuanEn(award.Amount)}");
        var counted = Wording.Value(field, units.Value);
        return Done(
            exact, $"{field.Title.Zh}{counted.Zh}，每{award.Each}{Wording.UnitZh(field.Unit)}为一个单元，计{number}个 × {Wording.Yuan(award.Amount)}",
            $"{field.Title.En} {counted.En}, {number} whole block(s) of {award.Each} {field.Unit} × {Wording.YuanEn(award.Amount)}");
    }

    private static AwardResult Steps(Award.Steps award, Occasion occasion, bool explain)
    {
        if (occasion.Resolve(award.Of) is not { } of) return Missing(award.Of);
        var scale = of.Value.Type == FieldType.Quantity ? 1000 : 1;
        var over = of.Value.Number - checked(award.From * scale);
        if (over < 0)
        {
            var (field, value) = (occasion.Field(award.Of), Wording.Value(occasion.Field(award.Of), of.Value));
            return Nothing(explain, $"{field.Title.Zh}{value.Zh}不足{award.From}{Wording.UnitZh(field.Unit)}", $"{field.Title.En} {value.En}, fewer than {award.From} {field.Unit}");
        }

        var steps = over / checked(award.Each * scale);
        var exact = new ExactFen(award.Base.Value + ((Int128)steps * award.More.Value), 1);
        return explain
            ? Done(exact, $"{Wording.Yuan(award.Base)} + {steps} × {Wording.Yuan(award.More)}", $"{Wording.YuanEn(award.Base)} + {steps} × {Wording.YuanEn(award.More)}")
            : Done(exact, "", "");
    }

    private static AwardResult Yearly(Award.YearlySchedule award, Occasion occasion, bool explain)
    {
        if (occasion.Resolve(award.Of) is not { } of) return Missing(award.Of);
        if (occasion.Resolve(award.FirstYear) is not { } first) return Missing(award.FirstYear);
        var firstYear = first.Value.Type == FieldType.Date ? DateOnly.FromDayNumber((int)first.Value.Number).Year : first.Value.Number;
        var number = occasion.Year - firstYear + 1;
        if (number < 1) return Nothing(explain, $"{occasion.Year}年早于首个奖励年度{firstYear}年", $"{occasion.Year} is before the first year, {firstYear}");
        if (number > award.Rates.Count) return Nothing(explain, $"第{number}年，只奖励前{award.Rates.Count}年", $"year {number}; only the first {award.Rates.Count} years have an award");
        var share = Share(new Fen(of.Value.Number), award.Rates[(int)number - 1], explain);
        return !explain ? share : Done(share.Amount!.Value.Exact, $"第{number}年：{share.Amount.Value.Zh}", $"year {number}: {share.Amount.Value.En}");
    }

    private static AwardResult Interest(Award.Interest award, Occasion occasion, bool explain)
    {
        switch (award.Basis)
        {
            case InterestBasis.Paid paid:
                return occasion.Resolve(paid.Interest) is { } interest ? Share(new Fen(interest.Value.Number), award.Share, explain) : Missing(paid.Interest);
            case InterestBasis.Computed computed:
                if (occasion.Resolve(computed.Principal) is not { } principal) return Missing(computed.Principal);
                if (occasion.Resolve(computed.Rate) is not { } rate) return Missing(computed.Rate);
                if (occasion.Resolve(computed.Days) is not { } days) return Missing(computed.Days);
                var exact = new ExactFen(
                    checked((Int128)principal.Value.Number * rate.Value.Number * days.Value.Number * award.Share.Value), (Int128)computed.DayCount * 10_000 * 10_000);
                return explain
                    ? Done(exact, $"{Wording.Yuan(new Fen(principal.Value.Number))} × {rate.Value.ToDeliveredText()}% × {days.Value.Number}天 ÷ {computed.DayCount} × {award.Share}",
                        $"{Wording.YuanEn(new Fen(principal.Value.Number))} × {rate.Value.ToDeliveredText()}% × {days.Value.Number} days ÷ {computed.DayCount} × {award.Share}")
                    : Done(exact, "", "");
            default:
                throw new InvalidOperationException("Unknown basis of interest.");
        }
    }

    private static AwardResult LowestOf(Award.LowestOf award, Occasion occasion, bool explain)
    {
        var parts = new List<Worked>();
        foreach (var one in award.Awards)
        {
            var result = Work(one, occasion, explain);
            if (result.Amount is not { } worked) return result;
            parts.Add(worked);
        }

        var lowest = parts.Aggregate((a, b) => b.Exact < a.Exact ? b : a);
        return explain
            ? Done(lowest.Exact, $"取低：{string.Join("、", parts.Select(p => p.Zh))}", $"the lowest of {string.Join(", ", parts.Select(p => p.En))}")
            : Done(lowest.Exact, "", "");
    }

    private static AwardResult TopUp(Award.TopUp award, Occasion occasion, bool explain)
    {
        if (occasion.Resolve(award.Received) is not { } found) return Missing(award.Received);
        var result = Work(award.To, occasion, explain);
        if (result.Amount is not { } worked) return result;
        var received = new Fen(found.Value.Number);
        if (worked.Exact.Above(received) is not { } left)
            return Nothing(explain, $"{worked.Zh}，已享受{Wording.Yuan(received)}，无需补足", $"{worked.En}, {Wording.YuanEn(received)} received already, nothing to add");
        return explain ? Done(left, $"{worked.Zh} − {Wording.Yuan(received)}", $"{worked.En} − {Wording.YuanEn(received)}") : Done(left, "", "");
    }
}
