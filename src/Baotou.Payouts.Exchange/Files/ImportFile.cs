using System.Globalization;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Exchange.Files;

/// <summary>
/// Reads CSV and Excel files that bureaus send where no data interface is: one kind of fact, or payments of the past. Columns may be headed
/// by our names or by their Chinese titles, in any order. Of an Excel file the first sheet is read. Whether 元 or 万元 must be stated; codes
/// stay texts.
/// </summary>
public static class ImportFile
{
    /// <summary>Reads facts of one kind. A row is taken only if it would be accepted as a fact.</summary>
    /// <param name="file">CSV (UTF-8, GBK, GB18030) or Excel, at most 64 MiB.</param>
    /// <param name="kind">Id of the kind of fact; unknown is refused.</param>
    /// <param name="facts">The facts dictionary.</param>
    /// <param name="unit">In what money columns are whose titles do not say; null if the titles must.</param>
    /// <param name="importedAt">The moment of the act of importing; the moment of rows that carry none.</param>
    public static ImportReading<DeliveredRecord> ReadFacts(
        Stream file,
        string kind,
        FactDictionary facts,
        MoneyUnit? unit,
        DateTimeOffset importedAt
    )
    {
        if (facts.Find(kind) is not { } known)
            return new ImportReading<DeliveredRecord>.Refused(
                $"kind '{kind}' is not in the facts dictionary; it has {string.Join(", ", facts.Kinds.Select(k => k.Id))}"
            );
        var reader = new FactReader(facts);
        return ReadRows<DeliveredRecord>(
            file,
            FactColumns(known),
            unit,
            row =>
            {
                var record = ToRecord(row, known, importedAt);
                return reader.Read(record) switch
                {
                    FactReading.Refused refused => throw new FormatException(refused.Reason),
                    _ => (record, record.RecordId!),
                };
            }
        );
    }

    /// <summary>Reads payments made outside the system: policy, occasion, uscc, amount, paidOn, reference.</summary>
    /// <param name="file">CSV (UTF-8, GBK, GB18030) or Excel, at most 64 MiB.</param>
    /// <param name="unit">In what the amounts are if their title does not say.</param>
    public static ImportReading<PastPayout> ReadPastPayouts(Stream file, MoneyUnit? unit) =>
        ReadRows(
            file,
            PastPayoutColumns,
            unit,
            row =>
            {
                var past = ToPastPayout(row);
                return (past, string.Join('\n', past.Policy, past.Occasion, past.Uscc, past.Reference));
            }
        );

    private static readonly Column[] PastPayoutColumns =
    [
        new("policy", "政策", ColumnType.Verbatim, Required: true),
        new("occasion", "事项", ColumnType.Number, Required: true),
        new("uscc", "统一社会信用代码", ColumnType.Verbatim, Required: true),
        new("amount", "金额", ColumnType.Money, Required: true),
        new("paidOn", "支付日期", ColumnType.Day, Required: true),
        new("reference", "支付凭证号", ColumnType.Verbatim, Required: true),
    ];

    private static Column[] FactColumns(FactKind kind) =>
        [
            new("uscc", "统一社会信用代码", ColumnType.Verbatim, Required: true),
            new("period", "期间", ColumnType.Number, Required: kind.Period is PeriodKind.Year or PeriodKind.Month),
            new("effectiveOn", "生效日期", ColumnType.Day, Required: true),
            new("recordedAt", "记录时间", ColumnType.Number, Required: false),
            new("recordId", "记录编号", ColumnType.Verbatim, Required: true),
            new("batch", "批次", ColumnType.Verbatim, Required: false),
            new("withdrawn", "撤回", ColumnType.Flag, Required: false),
            .. kind.Fields.Select(f => new Column(
                f.Name,
                f.Title.Zh,
                TypeOf(f.Type),
                f.Required,
                f.Codes.GroupBy(c => c.Title.Zh).ToDictionary(c => c.Key, c => c.First().Code)
            )),
        ];

    private static ColumnType TypeOf(FieldType type) =>
        type switch
        {
            FieldType.Money => ColumnType.Money,
            FieldType.Count or FieldType.Quantity or FieldType.Rate => ColumnType.Number,
            FieldType.Flag => ColumnType.Flag,
            FieldType.Date => ColumnType.Day,
            _ => ColumnType.Verbatim,
        };

    private static ImportReading<T> ReadRows<T>(
        Stream file,
        IReadOnlyList<Column> known,
        MoneyUnit? unit,
        Func<IReadOnlyDictionary<string, string>, (T Taken, string Key)> read
    )
    {
        Sheet sheet;
        IReadOnlyList<FoundColumn> columns;
        try
        {
            sheet = Sheet.Read(file);
            if (sheet.Rows.Count == 0)
                return new ImportReading<T>.Refused("the file is empty");
            columns = Columns.Find(sheet.Rows[0], known, unit);
        }
        catch (FormatException problem)
        {
            return new ImportReading<T>.Refused(problem.Message);
        }

        List<T> taken = [];
        List<RejectedRow> rejected = [];
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        var totals = columns
            .Where(c => c.Column.Type == ColumnType.Money)
            .ToDictionary(c => c.Column.Name, c => new ControlTotal(c.Printed, Fen.Zero, Fen.Zero));
        foreach (var row in sheet.Rows.Skip(1))
        {
            try
            {
                var texts = TextsOf(
                    row,
                    columns,
                    sheet.Rows[0].Cells.Count,
                    (name, amount) => totals[name] = totals[name] with { AllRows = totals[name].AllRows + amount }
                );
                var (record, key) = read(texts);
                if (!seen.TryAdd(key, row.Number))
                    throw new FormatException($"it repeats row {seen[key]}");
                taken.Add(record);
                foreach (var name in totals.Keys.ToList())
                    totals[name] = totals[name] with
                    {
                        AcceptedRows = totals[name].AcceptedRows + Columns.AmountOf(texts.GetValueOrDefault(name, "")),
                    };
            }
            catch (Exception problem) when (problem is FormatException or OverflowException)
            {
                rejected.Add(
                    new RejectedRow(row.Number, Shown(row), problem is OverflowException ? "an amount is too large" : problem.Message)
                );
            }
        }

        return new ImportReading<T>.Read(taken, rejected, [.. totals.Values], sheet.Format);
    }

    private static Dictionary<string, string> TextsOf(
        SheetRow row,
        IReadOnlyList<FoundColumn> columns,
        int width,
        Action<string, Fen> addMoney
    )
    {
        if (row.Problem is { } problem)
            throw new FormatException(problem);
        if (row.Cells.Skip(width).Any(c => c.Text.Length > 0))
            throw new FormatException($"it has {row.Cells.Count} cells, the title row has {width}");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        // Money first, so that the control total also has the rows that fail in another column.
        foreach (var column in columns.OrderBy(c => c.Column.Type == ColumnType.Money ? 0 : 1))
        {
            if (column.Index >= row.Cells.Count)
                continue;
            var text = Columns.Text(column, row.Cells[column.Index]);
            if (text.Length == 0)
                continue;
            texts[column.Column.Name] = text;
            if (column.Column.Type == ColumnType.Money)
                addMoney(column.Column.Name, Columns.AmountOf(text));
        }

        return texts;
    }

    private static DeliveredRecord ToRecord(IReadOnlyDictionary<string, string> row, FactKind kind, DateTimeOffset importedAt)
    {
        var withdrawn = row.GetValueOrDefault("withdrawn", "false");
        if (withdrawn is not ("true" or "false"))
            throw new FormatException($"withdrawn expects 是 or 否, got '{withdrawn}'");
        var recordedAt =
            row.GetValueOrDefault("recordedAt")
            ?? importedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var values = kind.Fields.Where(f => row.ContainsKey(f.Name)).ToDictionary(f => f.Name, f => row[f.Name], StringComparer.Ordinal);
        return new DeliveredRecord(
            row.GetValueOrDefault("uscc"),
            kind.Id,
            row.GetValueOrDefault("period"),
            row.GetValueOrDefault("effectiveOn"),
            recordedAt,
            row.GetValueOrDefault("recordId"),
            kind.Agency,
            row.GetValueOrDefault("batch"),
            withdrawn == "true",
            values
        );
    }

    private static PastPayout ToPastPayout(IReadOnlyDictionary<string, string> row)
    {
        string Required(string name) => row.GetValueOrDefault(name) ?? throw new FormatException($"{name} is empty");
        if (!Uscc.TryParse(Required("uscc"), out var uscc, out var problem))
            throw new FormatException(problem);
        if (!Fen.TryParseYuan(Required("amount"), out var amount) || amount <= Fen.Zero)
            throw new FormatException($"amount expects yuan, more than 0, at most two decimals, got '{row["amount"]}'");
        if (!DateOnly.TryParseExact(Required("paidOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var paidOn))
            throw new FormatException($"paidOn expects a day that exists, got '{row["paidOn"]}'");
        return new PastPayout(Required("policy"), Required("occasion"), uscc, amount, paidOn, Required("reference"));
    }

    private static string Shown(SheetRow row)
    {
        var text = string.Join(" | ", row.Cells.Select(c => c.Text));
        return text.Length <= 2_000 ? text : text[..2_000];
    }
}
