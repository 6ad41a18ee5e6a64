using System.Text;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary>What a command may touch of the process around it.</summary>
/// <param name="Out">Standard output: the answer and nothing else.</param>
/// <param name="Error">Standard error: what is wrong, and progress.</param>
/// <param name="OnTerminal">Whether a person reads <paramref name="Out"/>: tables are drawn only then.</param>
/// <param name="ErrorOnTerminal">Whether a person reads <paramref name="Error"/>: bars are drawn only then.</param>
/// <param name="Time">The wall clock.</param>
internal sealed record Surroundings(TextWriter Out, TextWriter Error, bool OnTerminal, bool ErrorOnTerminal, TimeProvider Time)
{
    /// <summary>Reads an environment variable; null if it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Those of this process. Both streams are UTF-8 without a mark, whatever the locale says.</summary>
    public static Surroundings OfProcess() =>
        new(
            Utf8(Console.OpenStandardOutput()),
            Utf8(Console.OpenStandardError()),
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected,
            TimeProvider.System
        );

    /// <summary>Tells what is going on, beside the answer.</summary>
    public void Say(string line) => Error.Write(Screen.Clean(line) + "\n");

    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
}
