using Azure;
using Azure.Identity;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

/// <summary>
/// Whatever an account refuses with is told as what is wrong and what to do, without what the service said in its own words.
/// </summary>
public sealed class What_an_account_answers
{
    private const string Secret = "sig=topsecret";

    public static TheoryData<Exception, string> Answers =>
        new()
        {
            { new RequestFailedException(404, Secret, "TableNotFound", null), "it holds no store" },
            {
                new RequestFailedException(403, Secret, "AuthorizationPermissionMismatch", null),
                "it refuses (AuthorizationPermissionMismatch); who is signed in needs the role"
            },
            { new RequestFailedException(401, Secret, "InvalidAuthenticationInfo", null), "it refuses (InvalidAuthenticationInfo)" },
            { new RequestFailedException(503, Secret, "ServerBusy", null), "it answers 503 (ServerBusy); try again" },
            { new RequestFailedException(0, Secret), "it does not answer; check the address" },
            {
                new AggregateException(new RequestFailedException(0, Secret), new RequestFailedException(0, Secret)),
                "it does not answer; check the address"
            },
            { new AuthenticationFailedException(Secret), "nobody is signed in" },
            { new CredentialUnavailableException(Secret), "nobody is signed in" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Is_told_with_what_to_do(Exception thrown, string told)
    {
        var trouble = AccountTrouble.Of(thrown);

        Assert.StartsWith(told, trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void A_defect_is_not_taken_for_an_answer()
    {
        Assert.Null(AccountTrouble.Of(new InvalidOperationException("x")));
        Assert.Null(AccountTrouble.Of(new AggregateException(new RequestFailedException(0, ""), new InvalidOperationException("x"))));
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", true)]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=AAAA;EndpointSuffix=core.windows.net", true)]
    [InlineData("AccountKey=AAAA", false)]
    [InlineData("nonsense", false)]
    [InlineData("", false)]
    public void A_connection_string_is_known_by_its_form(string text, bool known) =>
        Assert.Equal(known, StorageAccount.IsConnectionString(text));
}
