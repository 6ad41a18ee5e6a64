using System.Numerics;
using Baotou.Payouts.Domain.Enterprises;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Enterprises;

public sealed class A_code_checks_itself
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>The example that GB 32100 itself prints.</summary>
    [Fact]
    public void The_standards_own_example_holds()
    {
        Assert.Equal('3', Uscc.CheckCharacter("91350100M000100Y4"));
        Assert.True(Uscc.Parse("91350100M000100Y43").ChecksHold);
    }

    [Fact]
    public void Both_checks_agree_with_an_independent_calculation() =>
        GenFirst16.Sample(first16 =>
        {
            var code = Complete(first16);
            return Uscc.OrganisationCheckCharacter(code.AsSpan(8, 8)) == code[16]
                && Uscc.CheckCharacter(code.AsSpan(0, 17)) == code[17]
                && Uscc.Parse(code).ChecksHold;
        });

    [Fact]
    public void Every_other_last_character_is_found_wrong() =>
        GenFirst16.Sample(
            first16 =>
            {
                var code = Complete(first16);
                foreach (var wrong in Alphabet.Where(c => c != code[17]))
                    Assert.False(Uscc.Parse(code[..17] + wrong).ChecksHold);
            },
            iter: 50
        );

    [Fact]
    public void Any_single_changed_character_is_found_wrong() =>
        Gen.Select(GenFirst16, Gen.Int[0, 17], Gen.Int[1, 30])
            .Sample(
                (first16, at, shift) =>
                {
                    var code = Complete(first16).ToCharArray();
                    code[at] = Alphabet[(Alphabet.IndexOf(code[at], StringComparison.Ordinal) + shift) % 31];
                    return !Uscc.Parse(new string(code)).ChecksHold;
                }
            );

    [Fact]
    public void A_wrong_check_is_no_wrong_shape() =>
        Assert.True(Uscc.TryParse("91350100M000100Y44", out var code, out _) && !code.ChecksHold);

    private static readonly Gen<string> GenFirst16 = Gen.Int[0, 30]
        .Array[16]
        .Select(digits => string.Concat(digits.Select(d => Alphabet[d])));

    /// <summary>The two check characters by polynomials over big integers, not by running weights.</summary>
    private static string Complete(string first16)
    {
        const string letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        int[] weights = [3, 7, 9, 10, 5, 8, 4, 2];
        var organisation = 11 - (first16[8..].Zip(weights, (c, w) => letters.IndexOf(c, StringComparison.Ordinal) * w).Sum() % 11);
        var first17 =
            first16
            + (
                organisation == 11 ? '0'
                : organisation == 10 ? 'X'
                : organisation.ToString(System.Globalization.CultureInfo.InvariantCulture)[0]
            );
        var sum = BigInteger.Zero;
        for (var i = 0; i < 17; i++)
            sum += BigInteger.Pow(3, i) * Alphabet.IndexOf(first17[i], StringComparison.Ordinal);
        var rest = (int)(sum % 31);
        return first17 + Alphabet[rest == 0 ? 0 : 31 - rest];
    }
}
