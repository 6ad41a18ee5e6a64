using System.Collections.Immutable;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Domain.Facts;

/// <summary>
/// A datum an agency holds about an enterprise. Facts are bitemporal: the day they took effect and the moment government recorded them.
/// A later record with the same source and number corrects the earlier; nothing is overwritten.
/// </summary>
public sealed record Fact
{
    /// <summary>The enterprise's code as it was then.</summary>
    public required Uscc Uscc { get; init; }

    /// <summary>Id of its <see cref="FactKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>"2022" for a year's figure, "2022-05" for a month's; empty otherwise.</summary>
    public string Period { get; init; } = "";

    /// <summary>The day it took effect.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>The moment government recorded it, UTC. It stands in the place of the filing time of the printed texts.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The agency's record number, unique in its source.</summary>
    public required string RecordId { get; init; }

    /// <summary>The dataset it came from.</summary>
    public required string Source { get; init; }

    /// <summary>The notice or batch the record belongs to; records of one batch tie. Empty if none.</summary>
    public string Batch { get; init; } = "";

    /// <summary>Whether this record withdraws the earlier one of the same number.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>Field name to value; only fields of its kind.</summary>
    public required ImmutableSortedDictionary<string, FactValue> Values { get; init; }

    private HashOf? _hash;

    /// <summary>The hash of everything above; two deliveries of the same datum have the same hash.</summary>
    public ContentHash Hash =>
        (_hash is { } known && ReferenceEquals(known.Fact, this) ? known : _hash = new HashOf(this, CanonicalJson.Hash(this))).Value;

    /// <summary>The value of a field, or null if the record has none.</summary>
    public FactValue? Value(string field) => Values.TryGetValue(field, out var value) ? value : null;

    /// <summary>Whether both are the same datum: the same in everything the hash covers.</summary>
    public bool Equals(Fact? other) => ReferenceEquals(this, other) || (other is not null && Hash == other.Hash);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();

    /// <summary>
    /// The hash once worked out, with the record it is of: a changed copy (<c>with</c>) takes the field along, but is another record.
    /// </summary>
    private sealed class HashOf(Fact fact, ContentHash value)
    {
        public Fact Fact => fact;

        public ContentHash Value => value;
    }
}
