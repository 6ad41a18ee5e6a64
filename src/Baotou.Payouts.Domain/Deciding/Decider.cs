using System.Collections.Concurrent;
using System.Collections.Frozen;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>
/// Applies the whole list to an enterprise's facts. Pure: the same catalogue, facts and day give the same decisions everywhere.
/// </summary>
public sealed class Decider
{
    private readonly FrozenDictionary<string, PolicyCheck> _byId;

    // Of the day that was decided last. Most entries have no record of an enterprise, and what is said then is the same for all of them.
    private WithoutRecords? _withoutRecords;

    /// <summary>Prepares a catalogue for deciding.</summary>
    /// <param name="catalogue">The list.</param>
    /// <param name="wording">In which wording reasons are said, <see cref="Wording.First"/> to <see cref="Wording.Latest"/>; no decision
    /// depends on it.</param>
    public Decider(Catalogue catalogue, int wording = Wording.Latest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wording, Wording.First);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wording, Wording.Latest);
        (Catalogue, WordedAs) = (catalogue, wording);
        Checks = [.. catalogue.Policies.GroupBy(p => p.Id).Select(g => new PolicyCheck([.. g], catalogue.Facts, wording))];
        _byId = Checks.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
    }

    /// <summary>The list it applies.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>In which wording it says its reasons.</summary>
    public int WordedAs { get; }

    internal IReadOnlyList<PolicyCheck> Checks { get; }

    internal PolicyCheck Check(string id) => _byId[id];

    /// <summary>
    /// Every entry's decision, with all reasons: one for each occasion, or one without an occasion where there is none to speak of.
    /// </summary>
    /// <param name="facts">Facts of one enterprise, in any order.</param>
    /// <param name="asOf">The legal day, included: what was recorded and in effect by its end counts.</param>
    /// <param name="elections">What the enterprise elected, in any order; those after the day are left out.</param>
    public IReadOnlyList<Decision> Decide(IEnumerable<Fact> facts, DateOnly asOf, IEnumerable<Election>? elections = null)
    {
        var view = FactView.At(facts, asOf);
        var verdicts = Checks.ToDictionary(c => c.Id, c => c.Check(view, v => v.PublishedOn <= asOf, explain: true));
        var winners = Exclusivity.Winners(
            verdicts.Values.SelectMany(v => v),
            [.. (elections ?? []).Where(e => ChinaTime.DayOf(e.Moment) <= asOf)]
        );
        var without =
            _withoutRecords is { } known && known.Day == asOf
                ? known
                : _withoutRecords = new WithoutRecords(asOf, new(StringComparer.Ordinal));
        return [.. Checks.SelectMany(c => Decisions(c, verdicts[c.Id], winners, without))];
    }

    internal static Decision Entitled(Verdict verdict) => ToDecision(verdict, verdict);

    /// <summary>What is said on a day of entries that have no record of an enterprise, by entry.</summary>
    private sealed record WithoutRecords(DateOnly Day, ConcurrentDictionary<string, Decision> Said);

    private IEnumerable<Decision> Decisions(
        PolicyCheck check,
        List<Verdict> verdicts,
        Dictionary<(string, string), Verdict> winners,
        WithoutRecords without
    )
    {
        if (verdicts.Count == 0)
            return [without.Said.GetOrAdd(check.Id, _ => WithoutOccasion(check, without.Day))];
        return verdicts.Select(v => ToDecision(v, v.IsEntitled && Exclusivity.KeyOf(v) is { } key ? winners[key] : v));
    }

    private static Decision ToDecision(Verdict verdict, Verdict winner)
    {
        var superseded = !ReferenceEquals(winner, verdict);
        var outcome = superseded ? Outcome.Superseded : verdict.Outcome;
        return new Decision
        {
            Policy = verdict.Policy.Id,
            EntryHash = verdict.Policy.Hash,
            Occasion = verdict.Occasion,
            Outcome = outcome,
            Amount = outcome == Outcome.Entitled ? verdict.Amount : Fen.Zero,
            Shares = outcome == Outcome.Entitled ? verdict.SharesOf(verdict.Amount) : default,
            SupersededBy = superseded ? winner.Policy.Id : null,
            Choice = verdict.IsEntitled ? Exclusivity.KeyOf(verdict) : null,
            Steps = verdict.Steps,
            Arithmetic = verdict.Arithmetic,
            Reason = ReasonFor(outcome, verdict, winner),
            Facts = verdict.Used,
            Anchor = verdict.Anchor,
        };
    }

    private static Bilingual ReasonFor(Outcome outcome, Verdict verdict, Verdict winner) =>
        outcome switch
        {
            Outcome.Entitled => new(
                $"条件全部符合，应付{Wording.Yuan(verdict.Amount)}",
                $"all conditions hold; {Wording.YuanEn(verdict.Amount)} due"
            ),
            Outcome.Superseded when verdict.Amount > winner.Amount => new(
                $"与{winner.Policy.Id}不得重复享受，企业选择了该项",
                $"excluded by {winner.Policy.Id}, which the enterprise elected"
            ),
            Outcome.Superseded => new(
                $"与{winner.Policy.Id}不得重复享受，按该项计发",
                $"excluded by {winner.Policy.Id}, which counts instead"
            ),
            Outcome.Expired => new("不在政策有效期内", "outside the validity of the entry"),
            Outcome.FactsMissing => new(
                "缺少所需数据：" + Names(verdict, s => s.Holds is null).Zh,
                "missing: " + Names(verdict, s => s.Holds is null).En
            ),
            _ when verdict.Steps.All(s => s.Holds == true) => verdict.Arithmetic.Zh.Length > 0
                ? new(
                    "条件符合，但没有可付的金额：" + verdict.Arithmetic.Zh,
                    "the conditions hold, but nothing is due: " + verdict.Arithmetic.En
                )
                : new("条件符合，但没有可付的档次或金额", "the conditions hold, but no tier or amount applies"),
            _ => new("不符合：" + Names(verdict, s => s.Holds == false).Zh, "does not hold: " + Names(verdict, s => s.Holds == false).En),
        };

    private static Bilingual Names(Verdict verdict, Func<Step, bool> which)
    {
        var steps = verdict.Steps.Where(which).ToList();
        return new(
            string.Join("；", steps.Select(s => $"{s.Condition.Zh}{(s.Value.Length > 0 ? " " + s.Value : "")}，须{s.Threshold.Zh}")),
            string.Join("; ", steps.Select(s => $"{s.Condition.En}{(s.Value.Length > 0 ? " " + s.ValueEn : "")}, asked: {s.Threshold.En}"))
        );
    }

    private Decision WithoutOccasion(PolicyCheck check, DateOnly asOf)
    {
        var policy = check.Versions.LastOrDefault(v => v.Validity.Contains(asOf)) ?? check.Versions[^1];
        var (outcome, steps, reason) = policy switch
        {
            { Terms: null } => (Outcome.NotAutomatic, (IReadOnlyList<Step>)[], policy.Why),
            _ when !policy.Validity.Contains(asOf) => (
                Outcome.Expired,
                [ValidityStep(policy, asOf)],
                new Bilingual("不在政策有效期内", "outside the validity of the entry")
            ),
            _ => NoRecord(policy.Terms),
        };
        return new Decision
        {
            Policy = policy.Id,
            EntryHash = policy.Hash,
            Outcome = outcome,
            Steps = steps,
            Reason = reason,
        };
    }

    private static Step ValidityStep(Policy policy, DateOnly asOf) =>
        new(
            new("政策有效期", "validity of the entry"),
            asOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            PolicyCheck.Validity(policy),
            false,
            "",
            "",
            null
        );

    /// <summary>
    /// No record at all: an agency that holds a kind of record would have one (no), but a figure that is not there is unknown (missing).
    /// </summary>
    private (Outcome, IReadOnlyList<Step>, Bilingual) NoRecord(Terms terms)
    {
        var kind = Catalogue.Facts.Find(terms.Anchor)!;
        var held = kind is { Period: PeriodKind.Record, Held: Held.Yes };
        var agency = Catalogue.Facts.AgencyTitle(kind.Agency);
        var step = new Step(kind.Title, "", new("应有记录", "a record is needed"), held ? false : null, kind.Agency, "", null);
        return held
            ? (Outcome.NotEntitled, [step], new($"没有“{kind.Title.Zh}”记录", $"no record of: {kind.Title.En}"))
            : (
                Outcome.FactsMissing,
                [step],
                new($"缺少“{kind.Title.Zh}”数据（由{agency.Zh}提供）", $"missing: {kind.Title.En} (held by {agency.En})")
            );
    }
}

/// <summary>
/// Groups whose members exclude each other: the one elected last stands, else the highest; of equals the lowest order, then the occasion
/// that sorts first.
/// </summary>
internal static class Exclusivity
{
    public static (string Group, string Unit)? KeyOf(Verdict verdict) =>
        verdict.Policy.Terms!.Group is { } group ? (group.Id, verdict.GroupUnit) : null;

    public static Dictionary<(string, string), Verdict> Winners(IEnumerable<Verdict> verdicts, IReadOnlyList<Election> elections) =>
        verdicts
            .Where(v => v.IsEntitled && KeyOf(v) is not null)
            .GroupBy(v => KeyOf(v)!.Value)
            .ToDictionary(g => ((string, string))g.Key, g => Elected(g, elections) ?? Highest(g)!);

    /// <summary>The one that stands before all others; null if there is none.</summary>
    public static Verdict? Highest(IEnumerable<Verdict> verdicts) =>
        verdicts
            .OrderByDescending(v => v.Amount)
            .ThenBy(v => v.Policy.Terms!.Group?.Order)
            .ThenBy(v => v.Occasion, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>Of awards that exclude each other the one that was elected last; null if none was.</summary>
    public static Verdict? Elected(IEnumerable<Verdict> due, IReadOnlyList<Election> elections)
    {
        if (elections.Count == 0)
            return null;
        return due.Where(v => KeyOf(v) is not null)
            .Select(v =>
                (
                    Verdict: v,
                    At: elections
                        .Where(e => e.Policy == v.Policy.Id && e.Occasion == v.Occasion)
                        .Select(e => (DateTimeOffset?)e.Moment)
                        .Max()
                )
            )
            .Where(v => v.At is not null)
            .OrderByDescending(v => v.At)
            .ThenBy(v => v.Verdict.Policy.Id, StringComparer.Ordinal)
            .ThenBy(v => v.Verdict.Occasion, StringComparer.Ordinal)
            .Select(v => v.Verdict)
            .FirstOrDefault();
    }
}
