namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>A small list that loads, into which tests plant one mistake at a time.</summary>
internal static class Lists
{
    internal const string Entries = """
        document: 包府发〔2022〕19号
        published: 2022-04-11
        in-force: {from: 2022-04-11, to: 2024-04-10}

        entries:
          - id: 19-x-1
            item: 一1
            title: {zh: 甲, en: A}
            summary: {zh: 甲, en: A}
            bureau: science
            class: automatic
            why: {zh: 甲, en: A}
            payee: enterprise
            terms:
              anchor: rd-deduction
              occasion: year
              conditions:
                - {field: rd-deduction.amount, more-than: 100 yuan}
                - {count: tech-sme-listing, years: [-1, 0], distinct-years: true, at-least: 2}
                - any-of:
                    - {field: size-class.above-scale, is: true}
                    - {field: rd-expense.amount@-1, at-least: 5 yuan}
              award:
                percent: {of: rd-deduction.amount, class: size-class.size, rates: {micro: 5%, small: 5%}, otherwise: 3%}
              caps:
                - {amount: 2000000 yuan, span: year}
              rounding: fen-down
              funding: {city: 1, county: 1}
              pool: science-support
              charges: of-moment
              click-days: 30

          - id: 19-x-2
            item: 一2
            title: {zh: 乙, en: B}
            summary: {zh: 乙, en: B}
            bureau: industry
            class: automatic
            why: {zh: 乙, en: B}
            payee: enterprise
            terms:
              anchor: plant-project
              occasion: record
              conditions:
                - {field: plant-project.fixed-investment, at-least: 100 yuan}
              award:
                tier:
                  field: plant-project.fixed-investment
                  cases:
                    - {to: 200 yuan, per-unit: {units: plant-project.area, amount: 1 yuan}}
                    - {above: 200 yuan, below: 300 yuan, fixed: 20 yuan}
                    - {from: 300 yuan, fixed: 30 yuan}
              rounding: fen-down
              funding: {city: 1, county: 0}
              pool: industry-support
              charges: of-moment
              group: {id: g, span: field, unit: plant-project.project-number, order: 1}

          - id: 19-x-3
            item: 一3
            title: {zh: 丙, en: C}
            summary: {zh: 丙, en: C}
            bureau: industry
            class: automatic
            why: {zh: 丙, en: C}
            payee: enterprise
            terms:
              anchor: first-set-product
              occasion: record
              conditions:
                - {field: first-set-product.level, one-of: [national, region]}
              award:
                tier:
                  field: first-set-product.level
                  cases:
                    - {code: national, fixed: 20 yuan}
                    - {code: region, fixed: 10 yuan}
              rounding: fen-down
              funding: {city: 1, county: 0}
              pool: industry-support
              charges: of-moment
              group: {id: g, span: field, unit: first-set-product.product-number, order: 2}

          - id: 19-x-4
            item: 一4
            title: {zh: 丁, en: D}
            summary: {zh: 丁, en: D}
            bureau: agriculture
            class: automatic
            why: {zh: 丁, en: D}
            payee: enterprise
            terms:
              anchor: dairy-farm
              occasion: record
              conditions:
                - {field: dairy-farm.built-on, at-least: 2021-01-01}
              award:
                steps: {of: dairy-farm.heads, from: 3000 head, base: 7200000 yuan, each: 500 head, more: 1200000 yuan}
              rounding: fen-down
              funding: {city: 1, county: 0}
              pool: dairy-support
              charges: of-moment

          - id: 19-x-5
            item: 一5
            title: {zh: 戊, en: E}
            summary: {zh: 戊, en: E}
            bureau: industry
            class: discretionary
            why: {zh: 戊, en: E}
            payee: unclear
        """;

    internal static CatalogueLoading Load(string entries, string path = "entries/planted.yaml") => Load([new CatalogueFile(path, entries)]);

    internal static CatalogueLoading Load(IEnumerable<CatalogueFile> entries) =>
        CatalogueLoader.Load([.. CatalogueLoader.EmbeddedFiles("none/"), .. entries]);

    /// <summary>Loads the list with other facts or pools.</summary>
    internal static CatalogueLoading LoadWith(string path, Func<string, string> change) =>
        CatalogueLoader.Load([
            .. CatalogueLoader.EmbeddedFiles("entries/").Select(f => f.Path == path ? f with { Text = change(f.Text) } : f),
        ]);

    /// <summary>The line, from 1, on which <paramref name="position"/> lies.</summary>
    internal static int LineAt(string text, int position) => text.AsSpan(0, position).Count('\n') + 1;
}
