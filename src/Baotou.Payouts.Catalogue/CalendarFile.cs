using System.Globalization;
using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Catalogues;

/// <summary>Reads <c>calendar.yaml</c>: the yearly notices on holidays and on the weekends that are worked in exchange.</summary>
internal static class CalendarFile
{
    /// <summary>The file's path below the list's folder; a list without it knows no working day.</summary>
    internal const string Path = "calendar.yaml";

    /// <summary>The years, as written; what could not be read is left out and noted.</summary>
    internal static WorkCalendar Read(IReadOnlyList<CatalogueFile> files, Problems problems)
    {
        var years = new List<CalendarYear>();
        foreach (var file in files.Where(f => f.Path == Path))
        {
            if (YamlFile.Read(file, problems) is not { } root)
                continue;
            var section = new Section(root, file.Path, "", problems);
            foreach (var child in section.Children("years"))
            {
                if (ReadYear(child) is not { } year)
                    continue;
                if (years.Any(y => y.Year == year.Year))
                    child.Wrong("year", $"the year {year.Year} is written twice", "write each year once");
                else
                    years.Add(year);
            }

            section.Close();
        }

        return new WorkCalendar(years);
    }

    private static CalendarYear? ReadYear(Section section)
    {
        var year = section.Whole("year", 2000, 2100);
        var source = section.Text("source");
        var off = section.Texts("off").Select(text => Span(section, text)).OfType<DayPeriod>().ToList();
        var worked = section.Texts("worked").Select(text => Day(section, "worked", text)).OfType<DateOnly>().ToList();
        section.Close();
        if (year is null || source is null)
            return null;
        foreach (var span in off.Where(s => s.To!.Value.Year != year))
            section.Wrong("off", $"{Text(span)} does not end in {year}", "write a span under the year of its last day");
        foreach (var day in worked)
        {
            if (day.Year != year)
                section.Wrong("worked", $"{Text(day)} is not in {year}", "write a day under its own year");
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                section.Wrong("worked", $"{Text(day)} is a {day.DayOfWeek} and worked anyway", "write Saturdays and Sundays only");
            if (off.Any(s => s.Contains(day)))
                section.Wrong("worked", $"{Text(day)} is off and worked", "write it in one of the two lists");
        }

        return new CalendarYear(year.Value, source, off, worked);
    }

    private static DayPeriod? Span(Section section, string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || Day(section, "off", ends[0]) is not { } from || Day(section, "off", ends[^1]) is not { } to)
            return null;
        if (from <= to && to.DayNumber - from.DayNumber <= 15)
            return new DayPeriod(from, to);
        section.Wrong("off", $"'{text}' is no span of days off", "write the first day, two dots and the last day, at most sixteen days");
        return null;
    }

    private static DateOnly? Day(Section section, string key, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        section.Wrong(key, $"'{text}' is not a day", "write a day that exists, as 2022-04-02, or a span as 2022-04-03..2022-04-05");
        return null;
    }

    private static string Text(DayPeriod span) => Text(span.From!.Value) + ".." + Text(span.To!.Value);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
