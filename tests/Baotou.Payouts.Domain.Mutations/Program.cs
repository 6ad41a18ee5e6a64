using System.Diagnostics;
using System.Globalization;
using Baotou.Payouts.Domain.Mutations;

// Arguments: the repository, the report of the run, and the folder for what is tried alone.
if (args is not [var repository, var report, var folder])
{
    Console.Error.Write("Arguments: the repository, the report of the run, a folder to work in. eng/mutate.sh gives them.\n");
    return 2;
}

var watch = Stopwatch.StartNew();
var found = Mutant.Read(File.ReadAllText(report));
var alone = new Alone(
    Path.Combine(repository, "src", "Baotou.Payouts.Domain"),
    Path.Combine(repository, "tests", "Baotou.Payouts.Domain.Tests", "bin", "Release", "net10.0"),
    "Baotou.Payouts.Domain.Tests.dll",
    folder
);
List<Mutant> all =
[
    .. found.Where(m => m.Fate != Fate.ToTryAlone),
    .. alone.Try([.. found.Where(m => m.Fate == Fate.ToTryAlone)], text => Console.Error.Write(text + "\n")),
];
var explained = Explained.Read(File.ReadAllText(Path.Combine(repository, "docs", "mutation.md")));
var survivors = all.Where(m => m.Fate == Fate.Survived)
    .ToLookup(m =>
        explained.Equivalent.Contains(m.Name) ? "equivalent"
        : explained.Left.Contains(m.Name) ? "left"
        : "unexplained"
    );

Console.Out.Write($"{"", -28} {"changes", 8} {"killed", 8} {"equivalent", 11} {"survive", 8} {"score", 8}\n");
foreach (var file in all.GroupBy(m => m.File).OrderBy(g => g.Key, StringComparer.Ordinal))
    Line(file.Key, [.. file]);
Line("all", all);
Console.Out.Write(
    $"\nNot counted: {all.Count(m => m.Fate == Fate.NotCompilable)} that are not C#, {all.Count(m => m.Fate == Fate.LeftOut)} left out.\n"
);
foreach (var name in explained.Equivalent.Concat(explained.Left).Except(all.Where(m => m.Fate == Fate.Survived).Select(m => m.Name)))
    Console.Out.Write($"Explained, but no survivor: {name}\n");
foreach (var survivor in survivors["unexplained"])
    Console.Out.Write($"- {survivor.Name}: \n");
Console.Error.Write(
    string.Create(
        CultureInfo.InvariantCulture,
        $"{survivors["unexplained"].Count()} survivors are not explained in docs/mutation.md; {watch.Elapsed.TotalSeconds:0} s for those tried alone\n"
    )
);
return survivors["unexplained"].Any() ? 1 : 0;

void Line(string name, IReadOnlyCollection<Mutant> mutants)
{
    var killed = mutants.Count(m => m.Fate is Fate.Killed or Fate.TimedOut);
    var equivalent = mutants.Count(m => m.Fate == Fate.Survived && explained.Equivalent.Contains(m.Name));
    var survive = mutants.Count(m => m.Fate == Fate.Survived) - equivalent;
    if (killed + equivalent + survive == 0)
        return;
    var score = killed + survive == 0 ? 100 : 100.0 * killed / (killed + survive);
    Console.Out.Write(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name, -28} {killed + equivalent + survive, 8} {killed, 8} {equivalent, 11} {survive, 8} {score, 7:0.0}%\n"
        )
    );
}
