using System.Text;

namespace Baotou.Payouts.Local.Commands;

/// <summary>What a command may touch of the process around it.</summary>
/// <param name="Out">Standard output: the answer and nothing else.</param>
/// <param name="Error">Standard error: what is wrong, and progress.</param>
/// <param name="OnTerminal">Whether a person reads <paramref name="Out"/>: tables and bars are drawn only then.</param>
/// <param name="Time">The wall clock.</param>
internal sealed record Surroundings(TextWriter Out, TextWriter Error, bool OnTerminal, TimeProvider Time)
{
    /// <summary>Those of this process. Both streams are UTF-8 without a mark, whatever the locale says.</summary>
    public static Surroundings OfProcess() => new(
        Utf8(Console.OpenStandardOutput()), Utf8(Console.OpenStandardError()), !Console.IsOutputRedirected, TimeProvider.System);

    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
}
