using System.CommandLine;
using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary><c>pool ID</c>: a pool in all its fiscal years, with <c>--history</c> also its chain.</summary>
internal static class PoolVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var id = new Argument<string>("ID") { Description = "Id of the pool, as science-support." };
        var history = new Option<bool>("--history")
        {
            Description =
                "Show every entry of its chain with the act and the persons behind it, every hash worked out anew; ends with 1 if one does not fit.",
        };
        var command = new Command("pool", "One pool: appropriated, reserved, paid, free, waiting.") { id, history };
        var store = StoreOptions.AddTo(command);
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
            {
                var pool = parsed.GetRequiredValue(id);
                var catalogue = ListSource.Require(null).Catalogue!;
                if (catalogue.Pools.All(p => p.Id != pool))
                {
                    return Task.FromResult(
                        PayoutsCommand.Refuse(
                            surroundings,
                            new(
                                "ID",
                                $"the list has no pool '{pool}'{Nearest.Hint(pool, catalogue.Pools.Select(p => p.Id))}",
                                "it has " + string.Join(", ", catalogue.Pools.Select(p => p.Id))
                            )
                        )
                    );
                }

                return store.WithEngineAsync(
                    parsed,
                    surroundings,
                    (engine, _) =>
                        ShowAsync(
                            surroundings,
                            engine,
                            catalogue,
                            pool,
                            parsed.GetValue(history),
                            parsed.GetValue(PayoutsCommand.Json),
                            cancellationToken
                        ),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static async Task<int> ShowAsync(
        Surroundings surroundings,
        LocalEngine engine,
        Catalogue catalogue,
        string pool,
        bool withHistory,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var describe = engine.Get<DescribePool>();
        var years = await describe.HandleAsync(pool, cancellationToken);
        var chains = new List<IReadOnlyList<TracedEntry>>();
        foreach (var year in years)
            chains.Add(withHistory ? await engine.Get<TracePool>().HandleAsync(year.Pool, cancellationToken) : []);

        if (asJson)
            Screen.Json(surroundings, json => Write(json, catalogue, pool, [.. years.Zip(chains)], withHistory));
        else
            Show(new Screen(surroundings), catalogue.Pool(pool), [.. years.Zip(chains)]);
        return chains.SelectMany(c => c).All(e => e.Problem is null) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Write(
        System.Text.Json.Utf8JsonWriter json,
        Catalogue catalogue,
        string pool,
        IReadOnlyList<(PoolStanding Standing, IReadOnlyList<TracedEntry> Chain)> years,
        bool withHistory
    )
    {
        json.WriteStartObject();
        json.WriteString("id", pool);
        json.WriteStartArray("years");
        foreach (var (standing, chain) in years)
        {
            json.WriteStartObject();
            PoolJson.WriteProperties(json, catalogue, standing);
            if (withHistory)
            {
                json.WriteStartArray("history");
                foreach (var entry in chain)
                    PoolJson.Write(json, entry);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Show(
        Screen screen,
        PoolDefinition pool,
        IReadOnlyList<(PoolStanding Standing, IReadOnlyList<TracedEntry> Chain)> years
    )
    {
        screen.Heading($"{pool.Id} {pool.Title.Zh} / {pool.Title.En} ({pool.Bureau})");
        if (years.Count == 0)
            screen.Line("No year of it was opened.");
        foreach (var (standing, chain) in years)
        {
            var head = standing.Head;
            screen.Line(
                $"{standing.Pool.FiscalYear}{(head.Closed ? ", closed" : "")}: appropriated {head.Appropriated.ToYuanText()}, cut {head.Cut.ToYuanText()}, carried in {head.CarriedIn.ToYuanText()}, carried out {head.CarriedOut.ToYuanText()}"
            );
            screen.Line($"  = reserved {head.Reserved.ToYuanText()} + paid {head.Paid.ToYuanText()} + free {head.Free.ToYuanText()} yuan");
            screen.Line($"  {standing.Payouts} payouts, {standing.Waiting} claims wait; chain of {head.Seq} entries, head {head.Hash.Hex}");
            if (chain.Count == 0)
                continue;
            screen.Table(
                ["seq ", "", "entry", "yuan ", "free ", "what", "who", "hash"],
                chain.Select(t =>
                    (IReadOnlyList<string>)
                        [
                            t.Entry.Seq.ToString(CultureInfo.InvariantCulture),
                            t.Problem is null ? "✓" : "✗",
                            WireWords.Of(t.Entry.Kind),
                            t.Entry.Amount.ToYuanText(),
                            t.Entry.Free.ToYuanText(),
                            $"{t.Entry.Claim?.ToString() ?? t.Entry.InputId}{(t.Entry.Note.Length > 0 ? " " + t.Entry.Note : "")}",
                            t.Act is { } act
                                ? $"{act.RequestedBy}, {act.ApprovedBy}{(t.Approval is { Why.Length: > 0 } approval ? ": " + approval.Why : "")}"
                                : "",
                            t.Entry.Hash.Hex[..16],
                        ]
                )
            );
            foreach (var broken in chain.Where(t => t.Problem is not null))
                screen.Line($"  ✗ entry {broken.Entry.Seq}: {broken.Problem}");
        }
    }
}
