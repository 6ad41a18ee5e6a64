using System.Diagnostics;
using System.Globalization;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Catalogues.Mutations;

// Arguments: the beginning of the ids that are tried; --score for the score alone.
var only = args.FirstOrDefault(a => !a.StartsWith('-')) ?? "";
var watch = Stopwatch.StartNew();
var catalogue = CatalogueLoader.LoadEmbedded().Required();
if (PolicyCases.LoadEmbedded(catalogue) is not CasesLoading.Loaded { Cases: var cases })
{
    Console.Error.Write("The cases cannot be read; 'payouts catalogue check' says why.\n");
    return 2;
}

var trial = new Trial(catalogue, cases);
var score = trial.Run(only);
if (!args.Contains("--score"))
{
    Console.Out.Write(
        "# Changes that no case notices, each with a case that would. What a case pays is to be worked out from the print, not taken from here.\ncases:\n"
    );
    var search = new WitnessSearch(trial, catalogue.Facts);
    foreach (var found in score.Survivors.GroupBy(s => s.Before.Id).AsParallel().AsOrdered().Select(Needed))
    {
        foreach (var (survivor, witness) in found)
            Report.Write(Console.Out, survivor, witness, catalogue.Facts);
    }

    // One case for each survivor that no case before it notices.
    List<(Mutation, Witness?)> Needed(IEnumerable<Mutation> survivors)
    {
        var found = new List<(Mutation, Witness?)>();
        foreach (var survivor in survivors)
        {
            if (!found.Any(f => f.Item2 is { } w && search.Notices(w, survivor)))
                found.Add((survivor, search.Find(survivor)));
        }

        return found;
    }

    Console.Out.Write("\n");
}

Report.Write(Console.Error, score);
Console.Error.Write(
    string.Create(
        CultureInfo.InvariantCulture,
        $"\n{score.Percent:0.00} % of {score.Counted.Count} changes are noticed by {cases.Count} cases; {watch.Elapsed.TotalSeconds:0.0} s\n"
    )
);
return 0;
