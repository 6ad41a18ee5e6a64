using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;

namespace Baotou.Payouts.AzureStorage;

/// <summary>Why an account does not do what it is asked, for a person at a terminal.</summary>
public static class AccountTrouble
{
    /// <summary>What is wrong and what to do, in one sentence without secrets; null for an exception that no account gives.</summary>
    public static string? Of(Exception thrown) =>
        thrown switch
        {
            RequestFailedException refused when refused.ErrorCode == TableErrorCode.TableNotFound =>
                "it holds no store, since a table is missing; name the account of a store, or restore into it",
            RequestFailedException { Status: 401 or 403 } refused =>
                $"it refuses ({refused.ErrorCode}); who is signed in needs the role Storage Table Data Contributor on it, and its firewall has to let this machine in",
            RequestFailedException { Status: 0 } => "it does not answer; check the address and the network",
            RequestFailedException refused =>
                $"it answers {refused.Status} ({refused.ErrorCode}); try again, and see the account's health if that does not help",
            AggregateException several when several.InnerExceptions.All(e => Of(e) is not null) => Of(several.InnerExceptions[0]),
            AuthenticationFailedException => "nobody is signed in on this machine whom it knows; sign in ('az login') and try again",
            _ => null,
        };
}
