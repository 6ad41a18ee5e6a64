using System.Diagnostics.CodeAnalysis;

namespace Baotou.Payouts.Domain.Enterprises;

/// <summary>
/// A 统一社会信用代码 (GB 32100): 18 characters of <c>0-9A-HJ-NPQRTUWXY</c>. The shape is a condition of existence;
/// the two check characters are not, because some issued codes fail them: such a code is stored and held before any money.
/// </summary>
public readonly record struct Uscc : IComparable<Uscc>
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const string OrganisationAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
    private readonly string? _value;

    private Uscc(string value) => _value = value;

    /// <summary>The 18 characters, in capitals.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset Uscc has no value.");

    /// <summary>Reads a code. Blanks around it and lower case are accepted, since registers print both; nothing else is repaired.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Uscc code, out string problem)
    {
        code = default;
        var value = text?.Trim().ToUpperInvariant() ?? "";
        if (value.Length != 18)
        {
            problem = $"a unified social credit code has 18 characters, this has {value.Length}";
            return false;
        }

        var wrong = value.AsSpan().IndexOfAnyExcept(Alphabet);
        if (wrong >= 0)
        {
            problem = $"character {wrong + 1} of a unified social credit code may only be one of {Alphabet}";
            return false;
        }

        code = new Uscc(value);
        problem = "";
        return true;
    }

    /// <summary>Reads a code that is known to have the right shape; throws <see cref="FormatException"/> otherwise.</summary>
    public static Uscc Parse(string text) => TryParse(text, out var code, out var problem) ? code : throw new FormatException(problem);

    /// <summary>Whether character 18 (GB 32100, weights 3^(i−1) mod 31) and character 17 (GB 11714, modulo 11) both agree.</summary>
    public bool ChecksHold => Value[17] == CheckCharacter(Value) && Value[16] == OrganisationCheckCharacter(Value.AsSpan(8, 8));

    /// <summary>The 18th character that the first 17 ask for. Only the first 17 characters are read.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        int sum = 0,
            weight = 1;
        for (var i = 0; i < 17; i++, weight = weight * 3 % 31)
            sum += Alphabet.IndexOf(first17[i]) * weight;
        return Alphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>The ninth character of an organisation code (GB 11714) that the eight given ones ask for.</summary>
    public static char OrganisationCheckCharacter(ReadOnlySpan<char> first8)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
            sum += OrganisationAlphabet.IndexOf(first8[i]) * OrganisationWeights[i];
        return ((11 - (sum % 11)) % 11) switch
        {
            10 => 'X',
            var digit => (char)('0' + digit),
        };
    }

    /// <inheritdoc/>
    public int CompareTo(Uscc other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The 18 characters.</summary>
    public override string ToString() => Value;
}
