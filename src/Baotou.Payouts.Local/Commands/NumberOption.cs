using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Baotou.Payouts.Local.Commands;

/// <summary>Options that take a number in a range; anything else is refused with the range.</summary>
internal static class NumberOption
{
    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    /// <param name="name">The option.</param>
    /// <param name="least">The least number taken.</param>
    /// <param name="most">The greatest number taken.</param>
    /// <param name="otherwise">The number if the option is not given.</param>
    /// <param name="description">What it is for.</param>
    public static Option<T> Create<T>(string name, T least, T most, T otherwise, string description)
        where T : struct, INumber<T> =>
        new(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} {least} to {most}; {otherwise} by default."),
            HelpName = "N",
            DefaultValueFactory = _ => otherwise,
            CustomParser = given =>
            {
                var text = given.Tokens[0].Value;
                if (
                    T.TryParse(
                        text,
                        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                    && number >= least
                    && number <= most
                )
                    return number;
                given.AddError(
                    string.Create(CultureInfo.InvariantCulture, $"{name} expects a number from {least} to {most}, got '{text}'")
                );
                return otherwise;
            },
        };
}
