using System.Globalization;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>An amount before rounding and caps.</summary>
/// <param name="Exact">The exact amount.</param>
/// <param name="Words">How it came about; put into words only when somebody reads them.</param>
internal readonly record struct Worked(ExactFen Exact, Func<Bilingual> Words);

/// <summary>What an award comes to: an amount, nothing (no case fits, and why), or unknown because a fact is missing.</summary>
internal readonly record struct AwardResult(Worked? Amount, FieldRef? Missing, Func<Bilingual>? Nothing = null);

/// <summary>Works out awards exactly; rounding comes once, later.</summary>
internal static class AwardMath
{
    public static AwardResult Work(Award award, Occasion occasion) =>
        award switch
        {
            Award.Fixed a => Fixed(a),
            Award.Tier a => Tier(a, occasion),
            Award.Percent a => Percent(a, occasion),
            Award.PerUnit a => PerUnit(a, occasion),
            Award.Steps a => Steps(a, occasion),
            Award.YearlySchedule a => Yearly(a, occasion),
            Award.Interest a => Interest(a, occasion),
            Award.LowestOf a => LowestOf(a, occasion),
            Award.TopUp a => TopUp(a, occasion),
            _ => throw new InvalidOperationException($"Unknown award {award.GetType().Name}."),
        };

    private static AwardResult Done(ExactFen exact, Func<Bilingual> words) => new(new Worked(exact, words), null);

    private static AwardResult Missing(FieldRef field) => new(null, field);

    private static AwardResult Nothing(Func<Bilingual>? why = null) => new(null, null, why);

    private static AwardResult Fixed(Award.Fixed award) => Done(ExactFen.Of(award.Amount), () => Wording.Amount(award.Amount));

    private static AwardResult Tier(Award.Tier award, Occasion occasion)
    {
        if (occasion.Resolve(award.Field) is not { } found)
            return Missing(award.Field);
        foreach (var one in award.Cases)
        {
            if (!Fits(one, found.Value))
                continue;
            var result = Work(one.Award, occasion);
            return result.Amount is { } worked
                ? Done(worked.Exact, () => InTier(occasion, award.Field, found.Value, worked.Words()))
                : result;
        }

        return Nothing(() => NoCase(occasion, award.Field, found.Value));
    }

    private static bool Fits(TierCase one, FactValue value) =>
        one switch
        {
            TierCase.ByCode c => value.Text == c.Code,
            TierCase.ByRange r => !(value.Number < r.From) && !(value.Number >= r.Below),
            _ => throw new InvalidOperationException("Unknown case."),
        };

    private static Bilingual InTier(Occasion occasion, FieldRef by, FactValue found, Bilingual words)
    {
        var (field, value) = Said(occasion, by, found);
        return new($"{field.Title.Zh}{value.Zh}：{words.Zh}", $"{field.Title.En} {value.En}: {words.En}");
    }

    private static Bilingual NoCase(Occasion occasion, FieldRef by, FactValue found)
    {
        var (field, value) = Said(occasion, by, found);
        return new($"{field.Title.Zh}{value.Zh}没有对应的档次", $"no case for {field.Title.En} {value.En}");
    }

    private static (FactField Field, Bilingual Value) Said(Occasion occasion, FieldRef reference, FactValue value)
    {
        var field = occasion.Field(reference);
        return (field, Wording.Value(field, value, occasion.WordedAs));
    }

    private static AwardResult Percent(Award.Percent award, Occasion occasion)
    {
        if (occasion.Resolve(award.Of) is not { } of)
            return Missing(award.Of);
        if (award.Class is null)
            return award.Otherwise is { } only ? Share(new Fen(of.Value.Number), only) : Nothing();
        if (occasion.Resolve(award.Class) is not { } code)
            return Missing(award.Class);
        if (RateFor(award, code.Value) is not { } rate)
            return Nothing();
        var share = Share(new Fen(of.Value.Number), rate).Amount!.Value;
        return Done(share.Exact, () => OfClass(share.Words(), occasion.Field(award.Class), code.Value));
    }

    private static BasisPoints? RateFor(Award.Percent award, FactValue code) =>
        award.Rates.TryGetValue(code.Text!, out var own) ? own : award.Otherwise;

    private static Bilingual OfClass(Bilingual words, FactField field, FactValue code)
    {
        var title = Wording.Value(field, code);
        return new($"{words.Zh}（{field.Title.Zh}：{title.Zh}）", $"{words.En} ({field.Title.En}: {title.En})");
    }

    private static AwardResult Share(Fen amount, BasisPoints rate) =>
        Done(ExactFen.Of(amount, rate), () => new($"{Wording.Yuan(amount)} × {rate}", $"{Wording.YuanEn(amount)} × {rate}"));

    private static AwardResult PerUnit(Award.PerUnit award, Occasion occasion)
    {
        if (occasion.Resolve(award.Units) is not { } units)
            return Missing(award.Units);
        var times = 1L;
        if (award.Times is not null)
        {
            if (occasion.Resolve(award.Times) is not { } factor)
                return Missing(award.Times);
            times = factor.Value.Number;
        }

        var (amount, divisor) = Blocks(award, units.Value, times);
        return Done(
            new ExactFen(checked(amount * award.Amount.Value), divisor),
            () => EachUnit(award, occasion, units.Value, times, (decimal)amount / (decimal)divisor)
        );
    }

    /// <summary>How many payments, as a fraction: a quantity counts to its thousandth unless it is paid by the block.</summary>
    private static (Int128 Amount, Int128 Divisor) Blocks(Award.PerUnit award, FactValue units, long times)
    {
        var divisor = ScaleOf(units);
        var amount = (Int128)units.Number * times;
        if (award.Each > 1)
        {
            amount /= award.Each * divisor;
            divisor = 1;
        }

        return award.AtMost is { } most ? (Int128.Min(amount, most * divisor), divisor) : (amount, divisor);
    }

    /// <summary>How many of its smallest parts make one of the unit people speak of.</summary>
    private static Int128 ScaleOf(FactValue value) => value.Type == FieldType.Quantity ? 1000 : 1;

    private static Bilingual EachUnit(Award.PerUnit award, Occasion occasion, FactValue units, long times, decimal blocks)
    {
        var field = occasion.Field(award.Units);
        if (award is { Times: { } by, Each: 1, AtMost: null })
        {
            var (factor, text) = (occasion.Field(by), units.ToDeliveredText());
            return new(
                $"{field.Title.Zh}{text} × {factor.Title.Zh}{times} × {Wording.Yuan(award.Amount)}",
                $"{field.Title.En} {text} × {factor.Title.En} {times} × {Wording.YuanEn(award.Amount)}"
            );
        }

        var number = blocks.ToString(CultureInfo.InvariantCulture);
        if (award.Each == 1)
            return new(
                $"{field.Title.Zh}{number} × {Wording.Yuan(award.Amount)}",
                $"{field.Title.En} {number} × {Wording.YuanEn(award.Amount)}"
            );
        var counted = Wording.Value(field, units, occasion.WordedAs);
        return new(
            $"{field.Title.Zh}{counted.Zh}，每{award.Each}{Wording.UnitZh(field.Unit)}为一个单元，计{number}个 × {Wording.Yuan(award.Amount)}",
            $"{field.Title.En} {counted.En}, {Wording.Several(number, "whole block", occasion.WordedAs)} of {Wording.Measured(Wording.Count(award.Each), field.Unit, occasion.WordedAs)} × {Wording.YuanEn(award.Amount)}"
        );
    }

    private static AwardResult Steps(Award.Steps award, Occasion occasion)
    {
        if (occasion.Resolve(award.Of) is not { } of)
            return Missing(award.Of);
        var scale = ScaleOf(of.Value);
        var over = of.Value.Number - (award.From * scale);
        if (over < 0)
            return Nothing(() => BelowSteps(award, occasion, of.Value));
        var steps = over / (award.Each * scale);
        return Done(
            new ExactFen(award.Base.Value + checked(steps * award.More.Value), 1),
            () =>
                new(
                    $"{Wording.Yuan(award.Base)} + {steps} × {Wording.Yuan(award.More)}",
                    $"{Wording.YuanEn(award.Base)} + {steps} × {Wording.YuanEn(award.More)}"
                )
        );
    }

    private static Bilingual BelowSteps(Award.Steps award, Occasion occasion, FactValue found)
    {
        var (field, value) = Said(occasion, award.Of, found);
        return new(
            $"{field.Title.Zh}{value.Zh}不足{award.From}{Wording.UnitZh(field.Unit)}",
            $"{field.Title.En} {value.En}, fewer than {Wording.Measured(Wording.Count(award.From), field.Unit, occasion.WordedAs)}"
        );
    }

    private static AwardResult Yearly(Award.YearlySchedule award, Occasion occasion)
    {
        if (occasion.Resolve(award.Of) is not { } of)
            return Missing(award.Of);
        if (occasion.Resolve(award.FirstYear) is not { } first)
            return Missing(award.FirstYear);
        var firstYear = YearIn(first.Value);
        var number = occasion.Year - firstYear + 1;
        if (number < 1)
            return Nothing(() =>
                new($"{occasion.Year}年早于首个奖励年度{firstYear}年", $"{occasion.Year} is before the first year, {firstYear}")
            );
        if (number > award.Rates.Count)
            return Nothing(() =>
                new(
                    $"第{number}年，只奖励前{award.Rates.Count}年",
                    $"year {number}; only the first {award.Rates.Count} years have an award"
                )
            );
        var share = Share(new Fen(of.Value.Number), award.Rates[(int)number - 1]).Amount!.Value;
        return Done(share.Exact, () => OfYear(number, share.Words()));
    }

    /// <summary>The year that a day lies in, or that a number names.</summary>
    private static long YearIn(FactValue value) =>
        value.Type == FieldType.Date ? DateOnly.FromDayNumber((int)value.Number).Year : value.Number;

    private static Bilingual OfYear(long number, Bilingual words) => new($"第{number}年：{words.Zh}", $"year {number}: {words.En}");

    private static AwardResult Interest(Award.Interest award, Occasion occasion) =>
        award.Basis switch
        {
            InterestBasis.Paid paid => occasion.Resolve(paid.Interest) is { } interest
                ? Share(new Fen(interest.Value.Number), award.Share)
                : Missing(paid.Interest),
            InterestBasis.Computed computed => Computed(computed, award.Share, occasion),
            _ => throw new InvalidOperationException("Unknown basis of interest."),
        };

    private static AwardResult Computed(InterestBasis.Computed basis, BasisPoints share, Occasion occasion)
    {
        if (occasion.Resolve(basis.Principal) is not { } principal)
            return Missing(basis.Principal);
        if (occasion.Resolve(basis.Rate) is not { } rate)
            return Missing(basis.Rate);
        if (occasion.Resolve(basis.Days) is not { } days)
            return Missing(basis.Days);
        return Done(
            InterestFor(principal.Value.Number, rate.Value.Number, days.Value.Number, share, basis.DayCount),
            () =>
                InterestWords(
                    Wording.Amount(new Fen(principal.Value.Number)),
                    rate.Value.ToDeliveredText(),
                    days.Value.Number,
                    basis.DayCount,
                    share
                )
        );
    }

    private static ExactFen InterestFor(Int128 principal, long rate, long days, BasisPoints share, Int128 dayCount) =>
        new(checked(principal * rate * days * share.Value), dayCount * 10_000 * 10_000);

    private static Bilingual InterestWords(Bilingual principal, string rate, long days, int dayCount, BasisPoints share) =>
        new(
            $"{principal.Zh} × {rate}% × {days}天 ÷ {dayCount} × {share}",
            $"{principal.En} × {rate}% × {days} days ÷ {dayCount} × {share}"
        );

    private static AwardResult LowestOf(Award.LowestOf award, Occasion occasion)
    {
        var parts = new List<Worked>();
        foreach (var one in award.Awards)
        {
            var result = Work(one, occasion);
            if (result.Amount is not { } worked)
                return result;
            parts.Add(worked);
        }

        return Done(parts.Select(p => p.Exact).Aggregate((a, b) => b < a ? b : a), () => LowestWords([.. parts.Select(p => p.Words())]));
    }

    private static Bilingual LowestWords(IReadOnlyList<Bilingual> parts) =>
        new($"取低：{string.Join("、", parts.Select(p => p.Zh))}", $"the lowest of {string.Join(", ", parts.Select(p => p.En))}");

    private static AwardResult TopUp(Award.TopUp award, Occasion occasion)
    {
        if (occasion.Resolve(award.Received) is not { } found)
            return Missing(award.Received);
        var result = Work(award.To, occasion);
        if (result.Amount is not { } worked)
            return result;
        var received = new Fen(found.Value.Number);
        return worked.Exact.Above(received) is { } left
            ? Done(left, () => LessReceived(worked.Words(), Wording.Amount(received)))
            : Nothing(() => NothingToAdd(worked.Words(), Wording.Amount(received)));
    }

    private static Bilingual NothingToAdd(Bilingual words, Bilingual received) =>
        new($"{words.Zh}，已享受{received.Zh}，无需补足", $"{words.En}, {received.En} received already, nothing to add");

    private static Bilingual LessReceived(Bilingual words, Bilingual received) =>
        new($"{words.Zh} − {received.Zh}", $"{words.En} − {received.En}");
}
