namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>One record as an agency of the sandbox delivers it.</summary>
/// <param name="Source">The dataset.</param>
/// <param name="RecordId">Its number; a later record of the same number corrects or withdraws it.</param>
/// <param name="RecordedAt">When it was recorded, UTC.</param>
/// <param name="Tick">Index of the first tick by which it is told; later than its moment for records that arrive late.</param>
/// <param name="Withdrawn">Whether it withdraws. A snapshot does not deliver it but leaves the record out.</param>
/// <param name="Sound">Whether it can become a fact.</param>
/// <param name="Json">Its text.</param>
public sealed record SandboxRecord(
    string Source,
    string RecordId,
    DateTimeOffset RecordedAt,
    int Tick,
    bool Withdrawn,
    bool Sound,
    string Json
);
