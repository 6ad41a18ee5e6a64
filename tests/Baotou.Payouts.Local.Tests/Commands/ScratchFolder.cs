namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>A folder of one test, with a small list in it that no change of the printed one touches.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public const string Facts = """
        agencies:
          market: {zh: 市场监管局, en: Market bureau, walk: snapshot}
          science: {zh: 科技局, en: Science bureau, walk: cursor}
        kinds:
          - id: registration
            zh: 主体登记
            en: Registration
            agency: market
            period: state
            held: yes
            fields:
              - {name: name, type: text, zh: 名称, en: Name, required: true}
              - {name: size, type: code, zh: 规模, en: Size, required: true, codes: {small: {zh: 小型, en: Small}, large: {zh: 大型, en: Large}}}
          - id: research
            zh: 研发费用
            en: R&D expense
            records: {zh: 每年一条。, en: One for each year.}
            agency: science
            period: year
            held: yes
            fields:
              - {name: amount, type: money, unit: yuan, zh: 研发费用, en: R&D expense, required: true}
              - {name: staff, type: count, unit: person, zh: 人数, en: Staff}
              - {name: audited, type: flag, zh: 已审计, en: Audited}
              - {name: filed-on, type: date, zh: 申报日期, en: Filed on}
          - id: recognition
            zh: 认定
            en: Recognition
            agency: science
            period: record
            held: yes
            fields:
              - {name: level, type: code, zh: 级别, en: Level, required: true, codes: {city: {zh: 市级, en: City}, region: {zh: 自治区级, en: Region}}}
        """;

    public const string Pools = """
        bureaus:
          science: {zh: 科技局, en: Science bureau}
        pools:
          - {id: science, zh: 科技资金, en: Science fund, bureau: science, sources: [science, market], whole-only: false, carries-unused: false, waiting-carries: true}
        """;

    public const string Entries = """
        document: 包府发〔2022〕19号
        published: 2022-04-11
        in-force: {from: 2022-04-11, to: 2024-04-10}
        entries:
          - id: 19-research
            item: "1"
            title: {zh: 研发补助, en: Research support}
            summary: {zh: 小型企业按研发费用百分之五补助, en: Small enterprises get 5 % of their research expense}
            bureau: science
            class: automatic
            why: {zh: 标准明确, en: Definite}
            payee: enterprise
            terms:
              anchor: research
              occasion: year
              conditions:
                - {field: registration.size, is: small}
              award: {percent: {of: research.amount, otherwise: 5%}}
              caps: [{amount: 2000000 yuan, span: year}]
              rounding: fen-down
              funding: {city: 1, county: 1}
              pool: science
              charges: of-moment
          - id: 19-region
            item: "2"
            title: {zh: 自治区级认定奖励, en: Award for recognition by the region}
            summary: {zh: 三十万元, en: 300 000 yuan}
            bureau: science
            class: automatic
            why: {zh: 标准明确, en: Definite}
            payee: enterprise
            terms:
              anchor: recognition
              occasion: record
              conditions:
                - {field: recognition.level, is: region}
              award: {fixed: 300000 yuan}
              rounding: fen-down
              funding: {city: 1, county: 0}
              pool: science
              charges: of-moment
              group: {id: recognition, span: year, order: 1}
          - id: 19-any
            item: "3"
            title: {zh: 认定奖励, en: Award for any recognition}
            summary: {zh: 十万元, en: 100 000 yuan}
            bureau: science
            class: automatic
            why: {zh: 标准明确, en: Definite}
            payee: enterprise
            terms:
              anchor: recognition
              occasion: record
              conditions:
                - {field: recognition.level, one-of: [city, region]}
              award: {fixed: 100000 yuan}
              rounding: fen-down
              funding: {city: 1, county: 0}
              pool: science
              charges: of-moment
              group: {id: recognition, span: year, order: 2}
          - id: 19-judged
            item: "4"
            title: {zh: 重大项目一事一议, en: Large projects case by case}
            summary: {zh: 一事一议, en: Case by case}
            bureau: science
            class: discretionary
            why: {zh: 一事一议, en: Left to judgement}
            payee: unclear
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("payouts-");

    public ScratchFolder()
    {
        Write("facts.yaml", Facts);
        Write("pools.yaml", Pools);
        Write("entries/19.yaml", Entries);
    }

    public string List => _folder.FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public Task<CommandRun> Explain(string facts, params string[] more) =>
        CommandRun.Of(["explain", "--directory", List, "--facts", Write("given.json", facts), .. more]);

    public void Dispose() => _folder.Delete(recursive: true);
}
