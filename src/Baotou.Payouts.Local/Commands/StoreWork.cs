using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Emulator;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Sandbox;

namespace Baotou.Payouts.Local.Commands;

/// <summary>What a verb does over a store, and how it tells that the store is not fit for it.</summary>
internal static class StoreWork
{
    /// <summary>Runs a verb over the engine of an existing store that walks no agencies.</summary>
    /// <param name="surroundings">What the verb may touch.</param>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="verb">Gets the engine and the list.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<int> RunAsync(
        Surroundings surroundings,
        string folder,
        Func<LocalEngine, Catalogue, Task<int>> verb,
        CancellationToken cancellationToken
    )
    {
        var (settings, problem) = DataOption.Read(folder);
        if (settings is null)
            return PayoutsCommand.Refuse(surroundings, problem!);
        return await GuardedAsync(
            surroundings,
            async () =>
            {
                var catalogue = ListSource.Require(null).Catalogue!;
                await using var store = await LocalStore.InFolderAsync(
                    folder,
                    settings,
                    surroundings.Say,
                    surroundings.Time,
                    cancellationToken
                );
                await using var engine = await store.StartEngineAsync(
                    catalogue,
                    null,
                    new PumpOptions(),
                    500,
                    surroundings.Time,
                    null,
                    cancellationToken
                );
                return await verb(engine, catalogue);
            }
        );
    }

    /// <summary>Runs a verb that changes nothing over the store it was told.</summary>
    /// <param name="surroundings">What the verb may touch.</param>
    /// <param name="place">The store; an account's is taken to be as it was told, as far as its rounds do not say otherwise.</param>
    /// <param name="verb">Gets the engine and the list.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<int> RunAsync(
        Surroundings surroundings,
        StorePlace place,
        Func<LocalEngine, Catalogue, Task<int>> verb,
        CancellationToken cancellationToken
    ) =>
        place is StorePlace.Account account
            ? GuardedAsync(
                surroundings,
                account,
                () =>
                    GuardedAsync(
                        surroundings,
                        async () =>
                        {
                            var catalogue = ListSource.Require(null).Catalogue!;
                            await using var store = LocalStore.InAccount(new StoreSettings(account.Buckets!.Value, null), account.Open());
                            await using var engine = await store.StartEngineAsync(
                                catalogue,
                                null,
                                new PumpOptions(),
                                500,
                                surroundings.Time,
                                null,
                                cancellationToken
                            );
                            return await BucketsProblemAsync(engine, account, cancellationToken) is { } problem
                                ? PayoutsCommand.Refuse(surroundings, problem)
                                : await verb(engine, catalogue);
                        }
                    )
            )
            : RunAsync(surroundings, ((StorePlace.Folder)place).Path, verb, cancellationToken);

    /// <summary>Runs what asks an account; that it refuses or does not answer is told in one line.</summary>
    public static async Task<int> GuardedAsync(Surroundings surroundings, StorePlace.Account account, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (AccountTrouble.Of(e) is not null)
        {
            surroundings.Error.Write($"error: {Printing.Screen.Clean($"{account}: {AccountTrouble.Of(e)}")}\n");
            return ExitCode.Failed;
        }
    }

    /// <summary>Every closed round was matched in every partition, so the last one says how many there are.</summary>
    private static async Task<InputProblem?> BucketsProblemAsync(
        LocalEngine engine,
        StorePlace.Account account,
        CancellationToken cancellationToken
    )
    {
        var rounds = engine.Get<IRoundLog>();
        if (await rounds.StandingAsync(cancellationToken) is not { Closed: > 0 and var closed })
            return null;
        var found = (await rounds.DoneAsync(closed, cancellationToken)).Count;
        return found == account.Buckets
            ? null
            : new("--buckets", $"the store has {found} partitions, not {account.Buckets}", $"write {found}");
    }

    /// <summary>
    /// Runs what needs a store. That the emulator is missing or does not start, that a row was changed by somebody else or that work
    /// was parked, is told in one line, not as a defect.
    /// </summary>
    public static async Task<int> GuardedAsync(Surroundings surroundings, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e)
            when (e
                    is FileNotFoundException
                        or AzuriteFailedException
                        or PlatformNotSupportedException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or WorkParkedException
            )
        {
            surroundings.Error.Write($"error: {Printing.Screen.Clean(e.Message)}\n");
            return ExitCode.Failed;
        }
    }
}
