using Baotou.Payouts.Domain.Enterprises;

namespace Baotou.Payouts.Web.Access;

/// <summary>What somebody is to the system. The route table says which role may use which route; who has none may use none.</summary>
public enum Role
{
    /// <summary>Acts for one or several enterprises and sees only theirs.</summary>
    Enterprise,

    /// <summary>Of the finance bureau: runs, and asks for what moves money.</summary>
    Officer,

    /// <summary>Of a responsible bureau: sees what its own entries of the list decide.</summary>
    Bureau,

    /// <summary>Agrees, as a second person, to what moves money.</summary>
    Approver,

    /// <summary>Reads everything that leaves a trace, changes nothing.</summary>
    Auditor,
}

/// <summary>Whoever sent a request, as their token proves it.</summary>
/// <param name="Subject">Unique over all issuers: the issuer's id, a colon, and the token's subject.</param>
/// <param name="Roles">One or more.</param>
/// <param name="Codes">The enterprises an <see cref="Role.Enterprise"/> acts for; empty for others.</param>
/// <param name="Bureau">The bureau of a <see cref="Role.Bureau"/>; empty for others.</param>
public sealed record Caller(string Subject, IReadOnlySet<Role> Roles, IReadOnlySet<Uscc> Codes, string Bureau)
{
    /// <summary>Whether the caller has that role.</summary>
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>Whether the caller may know of an enterprise at all: enterprises only of their own.</summary>
    public bool MaySee(Uscc uscc) => !Is(Role.Enterprise) || Codes.Contains(uscc);

    /// <summary>Whether the caller sees only what the entries of one bureau decide.</summary>
    public bool IsBoundToBureau => Is(Role.Bureau) && !Is(Role.Officer) && !Is(Role.Auditor) && !Is(Role.Approver);
}

/// <summary>The words for roles in tokens and documents.</summary>
public static class RoleWords
{
    /// <summary>"enterprise", "officer", "bureau", "approver" or "auditor".</summary>
    public static string Of(Role role) =>
        role switch
        {
            Role.Enterprise => "enterprise",
            Role.Officer => "officer",
            Role.Bureau => "bureau",
            Role.Approver => "approver",
            Role.Auditor => "auditor",
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };

    /// <summary>The role of a word; null for any other text. Case counts.</summary>
    public static Role? Read(string word)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            if (Of(role) == word)
                return role;
        }

        return null;
    }
}
