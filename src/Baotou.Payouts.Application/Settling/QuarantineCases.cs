using System.Globalization;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Settling;

/// <summary>
/// Records that could not become facts. One person may replay what the agency delivered, or discard it: neither changes what anybody is due
/// by another's word. A correction puts words of our own in the place of the agency's and may make a payout, so it takes two. The delivered
/// record stays in every case.
/// </summary>
public sealed class QuarantineCases(IQuarantine quarantine, RecordIntake intake, FactReader reader)
{
    /// <summary>The tax bureau's dataset: its figures are shown to nobody who could correct them here.</summary>
    public const string TaxSource = "tax";

    /// <summary>Says that nothing comes of a record. It stays, and may still be replayed or corrected.</summary>
    public Task<CaseSettled<Quarantined>> DiscardAsync(CaseWish wish, string why, CancellationToken cancellationToken) =>
        OneAct.AddAsync(
            quarantine,
            wish,
            CaseWord.Discarded,
            why,
            found => found.Last == CaseWord.Discarded ? "it is discarded already" : Taken(found),
            cancellationToken
        );

    /// <summary>Gives one record another chance, as it was delivered.</summary>
    public async Task<CaseSettled<Quarantined>> ReplayAsync(CaseWish wish, CancellationToken cancellationToken)
    {
        var settled = await OneAct.AddAsync(
            quarantine,
            wish,
            CaseWord.Replaying,
            "",
            found => found.Last == CaseWord.Replaying ? null : Taken(found) ?? StillBad(found.Subject),
            cancellationToken
        );
        return settled is CaseSettled<Quarantined>.Done { Case: { Last: CaseWord.Replaying } begun }
            ? new CaseSettled<Quarantined>.Done(await FinishAsync(begun, cancellationToken))
            : settled;
    }

    /// <summary>
    /// Gives every record of a source that waits another chance, after the dictionary or the reader changed. What still fails stays.
    /// </summary>
    /// <returns>How many this request made facts of, repeats of it included; null if its key was used for another request.</returns>
    public async Task<int?> ReplayAllAsync(string source, RequestMark request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var replayed = 0;
        await foreach (var kept in quarantine.ReadAsync(source, "", cancellationToken))
        {
            if (kept.Acts.FirstOrDefault(a => OneAct.IsOfKey(a, request)) is { } before && before.Request != request)
                return null;
            var found = kept;
            if (found.IsOpen && found.Last != CaseWord.Replaying && StillBad(found.Subject) is null)
            {
                var act = new CaseAct(
                    source,
                    found.Subject.Id,
                    found.Version + 1,
                    CaseWord.Replaying,
                    "",
                    request.Subject,
                    "",
                    at,
                    request
                );
                if (!await quarantine.ActAsync(act, cancellationToken))
                    continue;
                found = found with { Acts = [.. found.Acts, act] };
            }

            if (found.Last == CaseWord.Replaying)
                found = await FinishAsync(found, cancellationToken);
            if (found.Last == CaseWord.Replayed && found.Acts.Any(a => a.Request == request))
                replayed++;
        }

        return replayed;
    }

    /// <summary>Why a correction makes no sense; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.CorrectRecord proposal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (proposal.Source is TaxSource or WalkAccounts.Source)
            return "figures of the tax bureau and accounts of the treasury are not corrected here: ask the agency to deliver the record anew";
        if (await quarantine.FindAsync(proposal.Source, proposal.Record, cancellationToken) is not { } found)
            return "there is no such record in quarantine";
        return Taken(found) ?? (Read(found.Subject, proposal.Correction, at) as FactReading.Refused)?.Reason;
    }

    /// <summary>Makes a fact of the corrected record; answers why it cannot be done if it cannot.</summary>
    /// <remarks>
    /// The act comes first, so that of two who would settle the record differently one does. The approval stands agreed until the fact is
    /// stored.
    /// </remarks>
    public async Task<string?> DoAsync(
        Proposal.CorrectRecord proposal,
        string approval,
        DateTimeOffset at,
        string why,
        TwoPersons persons,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (await quarantine.FindAsync(proposal.Source, proposal.Record, cancellationToken) is not { } found)
                return "there is no such record in quarantine";
            var isDone = found.Acts.Any(a => a.Approval == approval);
            if (!isDone && Taken(found) is { } taken)
                return taken;
            if (Read(found.Subject, proposal.Correction, at) is not FactReading.Accepted { Fact: var fact })
                return "the dictionary of facts changed meanwhile, and the corrected record does not fit it any more";
            var act = new CaseAct(
                proposal.Source,
                proposal.Record,
                found.Version + 1,
                CaseWord.Corrected,
                why,
                persons.RequestedBy,
                persons.ApprovedBy,
                at,
                null,
                approval,
                fact.Hash.Hex
            );
            if (!isDone && !await quarantine.ActAsync(act, cancellationToken))
                continue;
            await intake.AppendAsync([fact], cancellationToken);
            return null;
        }
    }

    /// <summary>
    /// The corrected record as a fact. It keeps its number, so that what the agency itself tells later about it counts instead, and its
    /// moment if it has a readable one: nobody's place in a line is moved by a correction. One without a moment counts from the agreement
    /// on.
    /// </summary>
    private FactReading Read(Quarantined kept, Correction correction, DateTimeOffset at)
    {
        var delivered = RecordIntake.Delivered(kept);
        if (
            delivered?.RecordId is { Length: > 0 } known
            && correction.RecordId is { } other
            && other != known
            && reader.Read(delivered) is not FactReading.Refused { Code: "record-number" }
        )
            return new FactReading.Refused("record-number", $"the record has the number '{known}'; a correction keeps it");
        var corrected = new DeliveredRecord(
            correction.Uscc ?? delivered?.Uscc,
            correction.Kind ?? delivered?.Kind,
            correction.Period ?? delivered?.Period,
            correction.EffectiveOn ?? delivered?.EffectiveOn,
            delivered?.RecordedAt,
            correction.RecordId ?? delivered?.RecordId,
            kept.Source,
            correction.Batch ?? delivered?.Batch,
            delivered?.Withdrawn ?? false,
            correction.Values ?? delivered?.Values ?? new Dictionary<string, string>()
        );
        return reader.Read(corrected) is FactReading.Refused { Code: "moment" }
            ? reader.Read(
                corrected with
                {
                    RecordedAt = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                }
            )
            : reader.Read(corrected);
    }

    private async Task<Case<Quarantined>> FinishAsync(Case<Quarantined> found, CancellationToken cancellationToken)
    {
        if (RecordIntake.Delivered(found.Subject) is not { } record || reader.Read(record) is not FactReading.Accepted { Fact: var fact })
            return found;
        await intake.AppendAsync([fact], cancellationToken);
        var begun = found.Acts[^1];
        var act = begun with { Number = begun.Number + 1, Word = CaseWord.Replayed, Result = fact.Hash.Hex };
        await quarantine.ActAsync(act, cancellationToken);
        return found with { Acts = [.. found.Acts, act] };
    }

    private string? StillBad(Quarantined kept) =>
        RecordIntake.Delivered(kept) is not { } record
            ? "it was not delivered whole, so it cannot be read again: ask the agency for it, or have it corrected"
        : reader.Read(record) is FactReading.Refused refused ? $"it is as bad as it was: {refused.Reason}"
        : null;

    private static string? Taken(Case<Quarantined> found) =>
        found.Last switch
        {
            CaseWord.Replaying => "it is being replayed",
            CaseWord.Replayed or CaseWord.Corrected => "a fact came of it already",
            _ => null,
        };
}
