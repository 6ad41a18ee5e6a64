using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Describing;

/// <summary>
/// The whole list as one page in Chinese (Markdown), in printed order: what every entry gives, under which conditions, and why it has its
/// class.
/// </summary>
public static partial class ListPage
{
    private static readonly PolicyClass[] Classes = Enum.GetValues<PolicyClass>();

    /// <summary>Writes the page. The same list gives the same text, with line feeds alone.</summary>
    public static string Write(Catalogue catalogue)
    {
        var entries = catalogue
            .Policies.GroupBy(p => p.Id)
            .Select(g => (IReadOnlyList<Policy>)[.. g])
            .OrderBy(v => OrderOf(v[0].Id), StringComparer.Ordinal)
            .ToList();
        var page = new StringBuilder();
        page.Append("# 免申即享政策清单\n\n");
        page.Append("本页由清单数据生成，请勿直接修改；改动数据后重新生成：\n\n");
        page.Append("```sh\ndotnet run --project src/Baotou.Payouts.Local -- catalogue page > docs/list.zh-CN.md\n```\n\n");
        page.Append("标题和内容是对原文的概述，以公报原文为准。日期含首尾两日。\n\n");
        Coverage(page, entries);
        foreach (var section in entries.GroupBy(v => SectionOf(v[^1])))
        {
            page.Append($"## {section.Key}\n\n");
            foreach (var versions in section)
                Entry(page, versions, catalogue);
        }

        Overlaps(page, catalogue);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The class in Chinese.</summary>
    public static string Say(PolicyClass kind) =>
        kind switch
        {
            PolicyClass.Automatic => "自动兑付",
            PolicyClass.AutomaticPerson => "自动兑付（个人）",
            PolicyClass.CountyTransfer => "转付旗县区",
            PolicyClass.Discretionary => "需要裁量",
            PolicyClass.Service => "服务措施",
            PolicyClass.DuplicateOf => "重复印出",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static void Coverage(StringBuilder page, IReadOnlyList<IReadOnlyList<Policy>> entries)
    {
        page.Append(
            $"| 文件 | 条目 | {string.Join(" | ", Classes.Select(Say))} |\n|---|---:|{string.Concat(Classes.Select(_ => "---:|"))}\n"
        );
        foreach (var section in entries.GroupBy(v => SectionOf(v[^1])))
            Row(section.Key, [.. section]);
        Row("合计", entries);
        page.Append('\n');

        void Row(string name, IReadOnlyList<IReadOnlyList<Policy>> of) =>
            page.Append($"| {name} | {of.Count} | {string.Join(" | ", Classes.Select(c => of.Count(v => v[^1].Class == c)))} |\n");
    }

    private static void Entry(StringBuilder page, IReadOnlyList<Policy> versions, Catalogue catalogue)
    {
        var latest = versions[^1];
        page.Append($"### `{latest.Id}` {latest.Title.Zh}\n\n");
        page.Append($"- 出处：{latest.Source.Document} {latest.Source.Item}\n");
        page.Append($"- 分类：{Say(latest.Class)}{(latest.DuplicateOf is { } other ? $"（见 `{other}`）" : "")}\n");
        page.Append($"- 内容：{latest.Summary.Zh}\n");
        foreach (var version in versions)
        {
            var days = $"{Day(version.Validity.From)}至{Day(version.Validity.To)}";
            if (version.Terms is { } terms)
                Terms(page, terms, catalogue, versions.Count > 1 ? $"（{days}）" : "");
            page.Append($"- 有效期：{days}\n");
        }

        page.Append($"- 责任部门：{catalogue.BureauTitle(latest.Bureau).Zh}\n");
        page.Append($"- 理由：{latest.Why.Zh}\n");
        if (latest.Ambiguity.Length > 0)
            page.Append($"- 待明确：{latest.Ambiguity}\n");
        page.Append('\n');
    }

    private static void Terms(StringBuilder page, Terms terms, Catalogue catalogue, string which)
    {
        var text = new TermsText(catalogue.Facts, terms.Anchor);
        var caps = terms.Caps.Select(c => $"；{SpanOf(c, catalogue)}最高{Wording.Yuan(c.Amount)}");
        page.Append($"- 金额{which}：{text.Say(terms.Award).Zh}{string.Concat(caps)}；{text.Say(terms.Funding).Zh}\n");
        var conditions = terms.Conditions.Select(c => text.Say(c).Zh).ToList();
        page.Append(
            $"- 条件{which}：{catalogue.Facts.Find(terms.Anchor)?.Title.Zh}{OccasionOf(terms, catalogue)}{(conditions.Count == 0 ? "" : "；")}{string.Join("；", conditions)}\n"
        );
    }

    private static string SpanOf(Cap cap, Catalogue catalogue)
    {
        var each = cap.By is { } by ? $"同一{catalogue.Facts.Find(by.Kind)?.Field(by.Field)?.Title.Zh}" : "";
        return each
            + cap.Span switch
            {
                CapSpan.Occasion => "每次",
                CapSpan.Year => "每年",
                CapSpan.Lifetime => "累计",
                _ => throw new ArgumentOutOfRangeException(nameof(cap)),
            };
    }

    private static string OccasionOf(Terms terms, Catalogue catalogue) =>
        terms switch
        {
            { Occasion: OccasionKind.Record } => "（逐条）",
            { Occasion: OccasionKind.Year } => "（逐年）",
            { OnceBy: { } by } => $"（每个{catalogue.Facts.Find(by.Kind)?.Field(by.Field)?.Title.Zh}一次）",
            _ => "（一次）",
        };

    private static void Overlaps(StringBuilder page, Catalogue catalogue)
    {
        if (catalogue.Overlaps.Count == 0)
            return;
        page.Append("## 原文未定、提请各部门明确的重叠\n\n");
        foreach (var overlap in catalogue.Overlaps)
            page.Append($"- {string.Join("、", overlap.Between.Select(id => $"`{id}`"))}：{overlap.Question.Zh}\n");
    }

    /// <summary>Document, and for one that is divided its part: the id carries both.</summary>
    private static string SectionOf(Policy policy) =>
        policy.Source.Document
        + (
            Part(policy.Id) switch
            {
                "cont" => "（继续执行）",
                "adj" => "（调整）",
                "new" => "（新增）",
                "plan" => "（引进行动计划）",
                "service" => "（人才精准服务计划）",
                "re" => "（稀土人才措施）",
                _ => "",
            }
        );

    /// <summary>
    /// A text that sorts as the entries are printed: the parts of 18号 and 19号 in their order, numbers by their size, then letters.
    /// </summary>
    private static string OrderOf(string id)
    {
        var part = Part(id) switch
        {
            "cont" or "plan" => "1",
            "adj" or "service" => "2",
            "new" or "re" => "3",
            var other => other,
        };
        return Number().Replace(id.Replace($"-{Part(id)}-", $"-{part}-", StringComparison.Ordinal), n => n.Value.PadLeft(6, '0'));
    }

    private static string Part(string id) => id.Split('-') is [_, var part, _, ..] ? part : "";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "（原文未写）";

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
