using System.Text.Encodings.Web;
using System.Text.Json;
using Baotou.Payouts.Local.Commands;
using Spectre.Console;

namespace Baotou.Payouts.Local.Printing;

/// <summary>
/// Standard output as people and machines read it: drawn tables on a terminal, otherwise plain lines with a tab between columns.
/// No text from a file reaches the terminal with its control characters.
/// </summary>
internal sealed class Screen
{
    private readonly Surroundings _surroundings;
    private readonly IAnsiConsole? _console;

    /// <summary>Standard output of a command.</summary>
    public Screen(Surroundings surroundings)
    {
        _surroundings = surroundings;
        if (surroundings.OnTerminal)
            _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(surroundings.Out) });
    }

    /// <summary>Writes one JSON document and a line end.</summary>
    /// <param name="surroundings">Whose standard output.</param>
    /// <param name="write">Writes the one value.</param>
    public static void Json(Surroundings surroundings, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (
            var json = new Utf8JsonWriter(
                bytes,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
            write(json);
        surroundings.Out.Write(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n");
    }

    /// <summary>Writes a line.</summary>
    public void Line(string text = "")
    {
        if (_console is null)
            _surroundings.Out.Write(Clean(text) + "\n");
        else
            _console.WriteLine(Clean(text));
    }

    /// <summary>Writes a heading, set off on a terminal.</summary>
    public void Heading(string text)
    {
        if (_console is null)
            Line(text);
        else
            _console.MarkupLineInterpolated($"[bold]{Clean(text)}[/]");
    }

    /// <summary>Writes a table. Numbers should come formatted; columns whose title ends in a blank are aligned to the right.</summary>
    /// <param name="columns">Titles.</param>
    /// <param name="rows">Cells, as many as titles.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (_console is null)
        {
            Line(string.Join('\t', columns.Select(c => c.Trim())));
            foreach (var row in rows)
                Line(string.Join('\t', row.Select(Clean)));
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns)
        {
            var drawn = new TableColumn(new Text(column.Trim()));
            table.AddColumn(column.EndsWith(' ') ? drawn.RightAligned().NoWrap() : drawn);
        }

        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(Clean(cell))));
        _console.Write(table);
    }

    /// <summary>The text with every control character except a tab replaced by "?".</summary>
    public static string Clean(string text) =>
        text.Any(c => char.IsControl(c) && c != '\t') ? string.Concat(text.Select(c => char.IsControl(c) && c != '\t' ? '?' : c)) : text;
}
