using System.Text.Json.Serialization;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>An act about a whole entry of the list, with its own moment.</summary>
/// <param name="Policy">Id of the entry.</param>
/// <param name="Moment">When the act took effect, UTC.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MadeAutomatic), "automatic")]
[JsonDerivedType(typeof(PutInShadow), "shadow")]
[JsonDerivedType(typeof(StillInForce), "still-in-force")]
[JsonDerivedType(typeof(PastDeclared), "past-declared")]
public abstract record PolicyAct(string Policy, DateTimeOffset Moment)
{
    /// <summary>The entry leaves shadow: from now on it reserves. Needs its past imported or declared empty, and two persons.</summary>
    public sealed record MadeAutomatic(string Policy, DateTimeOffset Moment) : PolicyAct(Policy, Moment);

    /// <summary>The entry decides and shows, but reserves nothing new until it is made automatic again.</summary>
    public sealed record PutInShadow(string Policy, DateTimeOffset Moment) : PolicyAct(Policy, Moment);

    /// <summary>The bureau states that an entry whose printed end is unknown is still in force, through a day (included).</summary>
    public sealed record StillInForce(string Policy, DateTimeOffset Moment, DateOnly Through) : PolicyAct(Policy, Moment);

    /// <summary>
    /// Two persons state that all payments made for the entry outside the system are imported: so many, of so much; none for an empty past.
    /// </summary>
    public sealed record PastDeclared(string Policy, DateTimeOffset Moment, int Payments, Fen Amount) : PolicyAct(Policy, Moment);
}
