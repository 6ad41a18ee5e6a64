using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Settling;

/// <summary>What was done about a case.</summary>
public enum CaseWord
{
    /// <summary>It was given another chance, and that is under way; whoever comes by finishes it.</summary>
    Replaying,

    /// <summary>It was given another chance, and took it.</summary>
    Replayed,

    /// <summary>Two persons put a corrected one in its place.</summary>
    Corrected,

    /// <summary>Somebody said that nothing comes of it. It stays, and may still be replayed or corrected.</summary>
    Discarded,

    /// <summary>What had been settled failed again.</summary>
    CameBack,
}

/// <summary>An act on a case, kept for ever beside it.</summary>
/// <param name="Place">Where the case stands: the source of a record, the queue of a message.</param>
/// <param name="Case">The case.</param>
/// <param name="Number">1, 2, 3 … without a gap.</param>
/// <param name="Word">What was done.</param>
/// <param name="Why">Why; empty where no reason is asked for.</param>
/// <param name="By">Who did it, or asked for it.</param>
/// <param name="ApprovedBy">Who agreed to it; empty where one person is enough.</param>
/// <param name="At">When, on the business clock.</param>
/// <param name="Request">The request that did it; null for what no request did.</param>
/// <param name="Approval">The approval it rests on; empty if it rests on none.</param>
/// <param name="Result">Hash of the fact that came of it; empty if none did.</param>
public sealed record CaseAct(
    string Place,
    string Case,
    int Number,
    CaseWord Word,
    string Why,
    string By,
    string ApprovedBy,
    DateTimeOffset At,
    RequestMark? Request,
    string Approval = "",
    string Result = ""
);

/// <summary>Something that waits for a person, with all that was done about it. It is never changed and never taken away.</summary>
/// <param name="Subject">What waits.</param>
/// <param name="Acts">What was done about it, in order.</param>
public sealed record Case<T>(T Subject, IReadOnlyList<CaseAct> Acts)
{
    /// <summary>Changes with every act; an act may name the one that was looked at.</summary>
    public int Version => Acts.Count;

    /// <summary>What was done last; null if nothing was.</summary>
    public CaseWord? Last => Acts is [.., var last] ? last.Word : null;

    /// <summary>Whether it waits.</summary>
    public bool IsOpen => Last is null or CaseWord.Replaying or CaseWord.CameBack;
}

/// <summary>Cases by place.</summary>
public interface ICaseLog<T>
{
    /// <summary>The cases of a place, settled ones among them, in the order of their ids.</summary>
    /// <param name="place">The place.</param>
    /// <param name="after">The id behind which to begin; empty for all.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    IAsyncEnumerable<Case<T>> ReadAsync(string place, string after, CancellationToken cancellationToken);

    /// <summary>One case; null if there is none, also for an id that cannot be one.</summary>
    Task<Case<T>?> FindAsync(string place, string id, CancellationToken cancellationToken);

    /// <summary>Adds an act. False if one of its number is there: somebody else was faster.</summary>
    Task<bool> ActAsync(CaseAct act, CancellationToken cancellationToken);
}

/// <summary>The words for cases in answers to a machine.</summary>
public static class CaseWords
{
    /// <summary>"replaying", "replayed", "corrected", "discarded" or "came-back".</summary>
    public static string Of(CaseWord word) =>
        word switch
        {
            CaseWord.Replaying => "replaying",
            CaseWord.Replayed => "replayed",
            CaseWord.Corrected => "corrected",
            CaseWord.Discarded => "discarded",
            CaseWord.CameBack => "came-back",
            _ => throw new ArgumentOutOfRangeException(nameof(word)),
        };

    /// <summary>What was done last about a case; "waiting" if nothing was.</summary>
    public static string StateOf<T>(Case<T> of) => of.Last is { } last ? Of(last) : "waiting";
}
