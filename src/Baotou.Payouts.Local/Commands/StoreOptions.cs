using System.CommandLine;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Hosting;

namespace Baotou.Payouts.Local.Commands;

/// <summary>The options that say which store a verb works on: a folder of this machine, or the account of a deployed one.</summary>
internal sealed class StoreOptions
{
    private const int MostBuckets = 1_000;

    private readonly Option<string?> _data = DataOption.Create(required: false);
    private readonly Option<string?> _account = new("--account")
    {
        Description =
            $"Instead of a folder, the address of a storage account's tables. Opened as who is signed in on this machine (az login), or by {StorePlace.Account.Variable}.",
        HelpName = "URI",
    };

    private readonly Option<int?> _buckets = new("--buckets")
    {
        Description = $"With --account, what the setting Engine__Buckets of the deployment says, 1 to {MostBuckets}.",
        HelpName = "N",
    };

    private readonly bool _withBuckets;

    private StoreOptions(bool withBuckets) => _withBuckets = withBuckets;

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="withBuckets">Whether it has to be told how many partitions the account's store has.</param>
    public static StoreOptions AddTo(Command command, bool withBuckets = true)
    {
        var options = new StoreOptions(withBuckets);
        command.Options.Add(options._data);
        command.Options.Add(options._account);
        if (withBuckets)
            command.Options.Add(options._buckets);
        return options;
    }

    /// <summary>Which store was named, or why none can be told.</summary>
    public (StorePlace? Place, InputProblem? Problem) Read(ParseResult parsed, Surroundings surroundings)
    {
        var buckets = _withBuckets ? parsed.GetValue(_buckets) : null;
        switch ((parsed.GetValue(_data), parsed.GetValue(_account)))
        {
            case (null, null):
                return (null, new("command line", "no store is named", "name one with --data DIR or --account URI"));
            case ({ } folder, null):
                return buckets is null
                    ? (new StorePlace.Folder(folder), null)
                    : (null, new("--buckets", "a folder knows how many it has", "leave it out"));
            case (null, { } account):
                return _withBuckets && buckets is not (>= 1 and <= MostBuckets)
                    ? (null, ProblemOf(buckets))
                    : StorePlace.Account.Read(account, buckets, surroundings.Variable);
            default:
                return (null, new("command line", "--data and --account name two stores", "leave one of them out"));
        }
    }

    /// <summary>Runs a verb over the store that was named, or refuses if none can be told.</summary>
    public Task<int> WithEngineAsync(
        ParseResult parsed,
        Surroundings surroundings,
        Func<LocalEngine, Catalogue, Task<int>> verb,
        CancellationToken cancellationToken
    )
    {
        var (place, problem) = Read(parsed, surroundings);
        return place is null
            ? Task.FromResult(PayoutsCommand.Refuse(surroundings, problem!))
            : StoreWork.RunAsync(surroundings, place, verb, cancellationToken);
    }

    private static InputProblem ProblemOf(int? buckets) =>
        new(
            "--buckets",
            $"{(buckets is null ? "missing" : "no such number")}: an account does not say how many partitions its store has",
            $"write the number of the setting Engine__Buckets, 1 to {MostBuckets}"
        );
}
