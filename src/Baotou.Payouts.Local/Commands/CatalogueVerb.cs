using System.CommandLine;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary><c>catalogue list | show ID | facts | overlaps | page | check</c>: the list, one entry, the facts dictionary, what the print
/// leaves unruled, the whole list as a page, the static checks.</summary>
internal static class CatalogueVerb
{
    /// <summary>The verb with its parts.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var directory = ListSource.Option();
        directory.Recursive = true;
        var id = new Argument<string>("ID") { Description = "Id of the entry, as 19-cont-3a." };
        var list = new Command("list", "Every entry of the list, also those that are not automatic.");
        list.SetVerb(surroundings, (parsed, _) => Task.FromResult(With(surroundings, parsed, directory, List)));
        var show = new Command("show", "One entry with its conditions, its award and why it has its class.") { id };
        show.SetVerb(
            surroundings,
            (parsed, _) =>
                Task.FromResult(
                    With(
                        surroundings,
                        parsed,
                        directory,
                        (screen, catalogue, asJson) => Show(surroundings, screen, catalogue, parsed.GetRequiredValue(id), asJson)
                    )
                )
        );
        var facts = new Command("facts", "The facts dictionary: what government holds, and who.");
        facts.SetVerb(surroundings, (parsed, _) => Task.FromResult(With(surroundings, parsed, directory, Facts)));
        var overlaps = new Command("overlaps", "Overlaps between awards that the print leaves unruled, for the bureaus to settle.");
        overlaps.Aliases.Add("overlap");
        overlaps.SetVerb(surroundings, (parsed, _) => Task.FromResult(With(surroundings, parsed, directory, Overlaps)));
        var page = new Command("page", "The whole list as one page in Chinese (Markdown), as docs/list.zh-CN.md holds it.");
        page.SetVerb(surroundings, (parsed, _) => Task.FromResult(With(surroundings, parsed, directory, Page)));
        var check = new Command("check", "The static checks and the cases beside the entries; ends with 1 if anything is wrong.");
        check.SetVerb(
            surroundings,
            (parsed, _) => Task.FromResult(Check(surroundings, parsed.GetValue(directory), parsed.GetValue(PayoutsCommand.Json)))
        );
        return new Command("catalogue", "The list of subsidies.") { directory, list, show, facts, overlaps, page, check };

        int List(Screen screen, Catalogue catalogue, bool asJson)
        {
            if (asJson)
                Screen.Json(surroundings, json => CatalogueJson.WriteList(json, catalogue));
            else
                CataloguePage.List(screen, catalogue);
            return ExitCode.Done;
        }

        int Overlaps(Screen screen, Catalogue catalogue, bool asJson)
        {
            if (asJson)
                Screen.Json(surroundings, json => CatalogueJson.WriteOverlaps(json, catalogue.Overlaps));
            else
                CataloguePage.Overlaps(screen, catalogue);
            return ExitCode.Done;
        }

        int Page(Screen screen, Catalogue catalogue, bool asJson)
        {
            var text = ListPage.Write(catalogue);
            if (asJson)
                Screen.Json(surroundings, json => json.WriteStringValue(text));
            else
                foreach (var line in text.TrimEnd('\n').Split('\n'))
                    surroundings.Out.Write(Screen.Clean(line) + "\n");
            return ExitCode.Done;
        }

        int Facts(Screen screen, Catalogue catalogue, bool asJson)
        {
            if (asJson)
                Screen.Json(surroundings, json => CatalogueJson.WriteFacts(json, catalogue.Facts));
            else
                CataloguePage.Facts(screen, catalogue.Facts);
            return ExitCode.Done;
        }
    }

    private static int With(
        Surroundings surroundings,
        ParseResult parsed,
        Option<string?> directory,
        Func<Screen, Catalogue, bool, int> part
    )
    {
        var (catalogue, problem) = ListSource.Require(parsed.GetValue(directory));
        return catalogue is null
            ? PayoutsCommand.Refuse(surroundings, problem!)
            : part(new Screen(surroundings), catalogue, parsed.GetValue(PayoutsCommand.Json));
    }

    private static int Show(Surroundings surroundings, Screen screen, Catalogue catalogue, string id, bool asJson)
    {
        var (versions, problem) = ListSource.Entry(catalogue, "ID", id);
        if (problem is not null)
            return PayoutsCommand.Refuse(surroundings, problem);
        if (asJson)
            Screen.Json(surroundings, json => CatalogueJson.WriteEntry(json, catalogue, versions));
        else
            CataloguePage.Entry(screen, catalogue, versions);
        return ExitCode.Done;
    }

    private static int Check(Surroundings surroundings, string? directory, bool asJson)
    {
        var (loading, problem) = ListSource.Load(directory);
        if (loading is null)
            return PayoutsCommand.Refuse(surroundings, problem!);
        var (catalogue, problems, warnings) = loading switch
        {
            CatalogueLoading.Loaded l => (l.Catalogue, (IReadOnlyList<CatalogueProblem>)[], l.Warnings),
            CatalogueLoading.Refused r => (null, r.Problems, []),
            _ => throw new InvalidOperationException("Unknown kind of loading."),
        };
        var cases = 0;
        if (catalogue is not null)
            (cases, problems) = Cases(catalogue, directory);
        var holds = problems.Count == 0;
        if (asJson)
            Screen.Json(
                surroundings,
                json =>
                {
                    json.WriteStartObject();
                    json.WriteBoolean("holds", holds);
                    if (catalogue is not null)
                        json.WriteString("catalogueVersion", catalogue.Version.Hex);
                    json.WriteNumber("cases", cases);
                    WriteProblems(json, "problems", problems);
                    WriteProblems(json, "warnings", warnings);
                    json.WriteEndObject();
                }
            );
        else
        {
            var screen = new Screen(surroundings);
            foreach (var one in problems)
                screen.Line($"{ListSource.Place(directory, one)}: error: {About(one)}{one.Problem}; {one.Remedy}");
            foreach (var one in warnings)
                screen.Line($"{ListSource.Place(directory, one)}: warning: {About(one)}{one.Problem}; {one.Remedy}");
            if (holds)
                screen.Line(
                    $"The list holds together: {catalogue!.Policies.Count} version(s) of {catalogue.Policies.Select(p => p.Id).Distinct().Count()} entries, {catalogue.Pools.Count} pools, {catalogue.Facts.Kinds.Count} kinds of facts, {cases} cases; {warnings.Count} warning(s)."
                );
            else
                screen.Line($"{problems.Count} error(s).");
        }

        return holds ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>How many cases stand beside the entries, and those that cannot be read or come out otherwise.</summary>
    private static (int Count, IReadOnlyList<CatalogueProblem> Problems) Cases(Catalogue catalogue, string? directory)
    {
        switch (directory is null ? PolicyCases.LoadEmbedded(catalogue) : PolicyCases.Load(directory, catalogue))
        {
            case CasesLoading.Refused refused:
                return (0, refused.Problems);
            case CasesLoading.Loaded { Cases: var cases }:
                var decider = new Decider(catalogue);
                return (
                    cases.Count,
                    [
                        .. cases
                            .Select(c => (Case: c, Difference: c.Difference(decider)))
                            .Where(c => c.Difference is not null)
                            .Select(c => new CatalogueProblem(
                                c.Case.File,
                                c.Case.Line,
                                c.Case.Policy,
                                "a case comes out otherwise: " + c.Difference![$"{c.Case.File}:{c.Case.Line}: {c.Case.Policy}: ".Length..],
                                "correct the entry or the case"
                            )),
                    ]
                );
            default:
                throw new InvalidOperationException("Unknown kind of loading.");
        }
    }

    private static string About(CatalogueProblem problem) => problem.Entry.Length == 0 ? "" : problem.Entry + ": ";

    private static void WriteProblems(System.Text.Json.Utf8JsonWriter json, string name, IReadOnlyList<CatalogueProblem> problems)
    {
        json.WriteStartArray(name);
        foreach (var one in problems)
        {
            json.WriteStartObject();
            json.WriteString("file", one.File);
            json.WriteNumber("line", one.Line);
            json.WriteString("entry", one.Entry);
            json.WriteString("problem", one.Problem);
            json.WriteString("remedy", one.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
