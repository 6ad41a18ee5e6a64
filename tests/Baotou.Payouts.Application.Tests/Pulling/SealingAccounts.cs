using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Application.Pulling;

namespace Baotou.Payouts.Application.Tests.Pulling;

/// <summary>Account numbers are kept so that neither a look at the row nor a change of it helps anybody.</summary>
public sealed class SealingAccounts
{
    private const string Text = "{\"holder\":\"沙盒商贸有限公司\",\"number\":\"6200000000001234\"}";

    private readonly AccountCipher _cipher = new(Enumerable.Repeat((byte)7, AccountCipher.KeyBytes).ToArray());

    [Theory]
    [InlineData(Text)]
    [InlineData("")]
    public void What_was_sealed_is_read_again(string text) => Assert.Equal(text, _cipher.Unseal(_cipher.Seal(text)));

    [Fact]
    public void The_same_text_is_sealed_differently_each_time() => Assert.NotEqual(_cipher.Seal(Text), _cipher.Seal(Text));

    [Fact]
    public void Nothing_of_the_text_can_be_seen() =>
        Assert.DoesNotContain("1234", Encoding.Latin1.GetString(_cipher.Seal(Text)), StringComparison.Ordinal);

    [Fact]
    public void Every_changed_byte_is_found()
    {
        var data = _cipher.Seal("1234");
        for (var at = 0; at < data.Length; at++)
        {
            var changed = data.ToArray();
            changed[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => _cipher.Unseal(changed));
        }
    }

    [Fact]
    public void Every_cut_is_found()
    {
        var data = _cipher.Seal("1234");
        for (var length = 0; length < data.Length; length++)
        {
            Assert.ThrowsAny<CryptographicException>(() => _cipher.Unseal(data[..length]));
        }
    }

    [Fact]
    public void Another_key_reads_nothing() =>
        Assert.ThrowsAny<CryptographicException>(() => new AccountCipher(new byte[AccountCipher.KeyBytes]).Unseal(_cipher.Seal(Text)));

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused(int bytes) => Assert.Throws<ArgumentException>(() => new AccountCipher(new byte[bytes]));
}
