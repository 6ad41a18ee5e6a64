using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

/// <summary>The conflict matrix: each write against each state of its row, alone, first, in the middle and last of a transaction.</summary>
public abstract partial class RowStoreContract
{
    public enum Kind
    {
        Add,
        Update,
        Put,
        Delete,
    }

    public enum State
    {
        Absent,
        Present,
        ChangedSince,
        DeletedSince,
        AddedAgainSince,
    }

    public static TheoryData<Kind, State, int, int> Matrix()
    {
        var cases = new TheoryData<Kind, State, int, int>();
        foreach (Kind kind in Enum.GetValues<Kind>())
        {
            foreach (State state in Enum.GetValues<State>())
            {
                // Nobody can name the version of a row that never was.
                if (state == State.Absent && kind is Kind.Update or Kind.Delete)
                {
                    continue;
                }

                cases.Add(kind, state, 0, 1);
                cases.Add(kind, state, 0, 3);
                cases.Add(kind, state, 1, 3);
                cases.Add(kind, state, 99, 100);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_transaction_takes_effect_whole_or_changes_nothing(Kind kind, State state, int place, int writes)
    {
        string version = await Prepare(state);
        await Commit(new RowWrite.Add("witness", Content(7)));
        RowWrite subject = kind switch
        {
            Kind.Add => new RowWrite.Add("subject", Content(100)),
            Kind.Update => new RowWrite.Update("subject", version, Content(100)),
            Kind.Put => new RowWrite.Put("subject", Content(100)),
            _ => new RowWrite.Delete("subject", version),
        };
        var transaction = Enumerable.Range(0, writes).Select(n => (RowWrite)new RowWrite.Add($"other{n:D3}", Content(n))).ToArray();
        transaction[place] = subject;
        string before = await Everything();

        CommitOutcome outcome = await Commit(transaction);

        if (Refusal(kind, state) is { } refusal)
        {
            Assert.Equal(refusal, outcome);
            Assert.Equal(before, await Everything());
            return;
        }

        string[] versions = [.. Assert.IsType<CommitOutcome.Committed>(outcome).Versions];
        Assert.Equal(writes, versions.Length);
        Assert.Equal((await Read("subject"))?.Version ?? "", versions[place]);
        Assert.Equal(kind == Kind.Delete ? null : 100L, (await Read("subject"))?.Columns.Number("n"));
        Assert.Equal(writes - 1, (await Keys(Partition, "other", "othes")).Count);
    }

    [Fact]
    public async Task Of_two_conflicts_the_first_is_told()
    {
        await Commit(new RowWrite.Add("head", Content(1)), new RowWrite.Add("entry", Content(1)));
        string stale = (await Read("head"))!.Version;
        await Commit(new RowWrite.Put("head", Content(2)));

        Assert.Equal(
            new CommitOutcome.Changed("head"),
            await Commit(new RowWrite.Update("head", stale, Content(3)), new RowWrite.Add("entry", Content(3)))
        );
        Assert.Equal(
            new CommitOutcome.Exists("entry"),
            await Commit(new RowWrite.Add("entry", Content(3)), new RowWrite.Update("head", stale, Content(3)))
        );
    }

    private static CommitOutcome? Refusal(Kind kind, State state) =>
        (kind, state) switch
        {
            (Kind.Put, _) => null,
            (Kind.Add, State.Absent or State.DeletedSince) => null,
            (Kind.Add, _) => new CommitOutcome.Exists("subject"),
            (_, State.Present) => null,
            _ => new CommitOutcome.Changed("subject"),
        };

    /// <summary>Brings the row into its state and returns the version that a writer has read before the state came about.</summary>
    private async Task<string> Prepare(State state)
    {
        if (state == State.Absent)
        {
            return "";
        }

        await Commit(new RowWrite.Add("subject", Content(1)));
        string version = (await Read("subject"))!.Version;
        if (state == State.ChangedSince)
        {
            await Commit(new RowWrite.Update("subject", version, Content(2)));
        }

        if (state is State.DeletedSince or State.AddedAgainSince)
        {
            await Commit(new RowWrite.Delete("subject", version));
        }

        if (state == State.AddedAgainSince)
        {
            await Commit(new RowWrite.Add("subject", Content(1)));
        }

        return version;
    }

    /// <summary>Every row with its version and content, so that "nothing changed" means nothing.</summary>
    private async Task<string> Everything() =>
        string.Join(
            '\n',
            (await Rows(Partition, "", "~")).Select(row =>
                $"{row.RowKey} {row.Version} {string.Join(',', row.Columns.Select(column => $"{column.Key}={column.Value}"))}"
            )
        );
}
