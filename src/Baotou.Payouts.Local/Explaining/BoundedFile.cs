using Baotou.Payouts.Local.Commands;

namespace Baotou.Payouts.Local.Explaining;

/// <summary>What came of reading a file.</summary>
internal abstract record FileReading
{
    private FileReading() { }

    /// <summary>Its bytes.</summary>
    public sealed record Read(byte[] Bytes) : FileReading;

    /// <summary>It cannot be read.</summary>
    public sealed record Refused(InputProblem Problem) : FileReading;
}

/// <summary>
/// Reads a file of at most a given size; one that is larger is refused without being read, and one that grows (a pipe, a device) as soon as
/// it is.
/// </summary>
internal static class BoundedFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="atMost">Bytes, included.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<FileReading> ReadAsync(string path, int atMost, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            return Refused(path, "this is a folder, not a file", "name the file in it");
        if (!File.Exists(path))
            return Refused(path, "there is no such file", "check the name and the folder you are in");
        try
        {
            await using var stream = File.OpenRead(path);
            if (stream.CanSeek && stream.Length > atMost)
                return TooLarge(path, atMost);
            using var bytes = new MemoryStream();
            var buffer = new byte[81_920];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (bytes.Length + read > atMost)
                    return TooLarge(path, atMost);
                bytes.Write(buffer, 0, read);
            }

            return new FileReading.Read(bytes.ToArray());
        }
        catch (UnauthorizedAccessException)
        {
            return Refused(path, "you may not read this file", "ask for the right to read it, or copy it");
        }
        catch (IOException e)
        {
            return Refused(path, $"the file cannot be read ({e.Message})", "try again, or copy it to another place");
        }
    }

    private static FileReading.Refused TooLarge(string path, int atMost) =>
        Refused(path, $"the file is larger than {atMost / (1024 * 1024)} MiB", "give the facts of one enterprise only");

    private static FileReading.Refused Refused(string path, string what, string remedy) => new(new InputProblem(path, what, remedy));
}
