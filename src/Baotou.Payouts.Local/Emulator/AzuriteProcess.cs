namespace Baotou.Payouts.Local.Emulator;

/// <summary>
/// The storage emulator Azurite, running on free ports of the loopback address.
/// With a folder it keeps its rows there, may outlive this process, and a later start on the same folder finds and reuses it; without one
/// it keeps them in memory and ends with this process, however that ends. Disposing stops only what this object started, and waits until
/// everything is saved.
/// </summary>
/// <remarks>
/// What the emulator acknowledged within the last five seconds is lost if it is killed; it saves everything on the SIGTERM it is stopped
/// with. Linux and macOS only.
/// </remarks>
public sealed class AzuriteProcess : IAsyncDisposable
{
    // A folder of 500 MB takes 15 s to load.
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private const int Tries = 3;

    private readonly AzuriteRecord _record;
    private readonly AzuriteCommand? _command;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private bool _stopped;

    private AzuriteProcess(AzuriteRecord record, AzuriteCommand? command, string folder, TimeProvider time)
    {
        _record = record;
        _command = command;
        _folder = folder;
        _time = time;
    }

    /// <summary>The connection to its tables and queues under the emulator's well-known account.</summary>
    public string ConnectionString => AzuriteEndpoint.ConnectionString(_record.TablePort, _record.QueuePort);

    /// <summary>True if it ran already and so goes on when this object is disposed.</summary>
    public bool IsReused => _command is null;

    /// <summary>Its process, for telling the user.</summary>
    public int ProcessId => _record.ProcessId;

    /// <summary>
    /// Starts the emulator, or finds the one that serves <paramref name="folder"/>, and returns when its tables and queues answer.
    /// </summary>
    /// <param name="folder">Where it keeps its rows, created if missing, its own and nobody else's; null for memory.</param>
    /// <param name="time">Bounds the waiting.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped.</param>
    /// <exception cref="FileNotFoundException">It is not installed; the message says how to.</exception>
    /// <exception cref="AzuriteFailedException">It ended or stayed silent; the message has its last words.</exception>
    public static async Task<AzuriteProcess> StartAsync(string? folder, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The local host starts the storage emulator on Linux and macOS only.");
        }

        string program = AzuriteInstall.Find();
        if (folder is null)
        {
            string scratch = Directory.CreateTempSubdirectory("payouts-azurite-").FullName;
            return await LaunchAsync(program, scratch, inMemory: true, time, cancellationToken).ConfigureAwait(false);
        }

        folder = Directory.CreateDirectory(folder).FullName;
        await using FileStream starting = await LockAsync(folder, time, cancellationToken).ConfigureAwait(false);
        if (AzuriteRecord.Read(folder) is { } record && record.IsAlive())
        {
            try
            {
                // Started a moment ago and still loading, or long up; a second one over the same files would destroy them.
                await WaitAsync(record, hasEnded: () => !record.IsAlive(), folder, time, cancellationToken).ConfigureAwait(false);
                return new AzuriteProcess(record, command: null, folder, time);
            }
            catch (AzuriteFailedException) when (!record.IsAlive())
            {
                // Somebody ended it just now: it has saved and is gone, so start anew.
            }
        }

        AzuriteRecord.Remove(folder);
        return await LaunchAsync(program, folder, inMemory: false, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops it by SIGTERM and waits until it has saved and ended; does nothing if it was reused.</summary>
    /// <exception cref="AzuriteFailedException">It did not end within a minute. It is left alone, since killing it would lose rows, and a
    /// later start finds it.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_stopped || _command is null)
        {
            return;
        }

        _stopped = true;
        await using FileStream? stopping =
            _command.InMemory || !Directory.Exists(_folder)
                ? null
                : await LockAsync(_folder, _time, CancellationToken.None).ConfigureAwait(false);
        await _command.StopAsync(StoppedWithin, _time).ConfigureAwait(false);
        Tidy(_command, _folder);
        _command.Dispose();
    }

    private static async Task<AzuriteProcess> LaunchAsync(
        string program,
        string folder,
        bool inMemory,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        for (int attempt = 1; ; attempt++)
        {
            (int tablePort, int queuePort) = AzuriteEndpoint.FreePorts();
            AzuriteCommand command = AzuriteCommand.Start(program, folder, inMemory, tablePort, queuePort);
            try
            {
                AzuriteRecord record = AzuriteRecord.Of(command.Process, tablePort, queuePort);
                if (!inMemory)
                {
                    record.Write(folder);
                }

                await WaitAsync(record, () => command.Process.HasExited, folder, time, cancellationToken).ConfigureAwait(false);
                return new AzuriteProcess(record, command, folder, time);
            }
            catch (Exception failure)
            {
                // Somebody may have taken a free port before it did: that alone is worth another try.
                bool again = command.Process.HasExited && attempt < Tries && failure is AzuriteFailedException or InvalidOperationException;
                await command.StopAsync(StoppedWithin, time).ConfigureAwait(false);
                if (!again)
                {
                    Tidy(command, folder);
                }

                command.Dispose();
                if (!again)
                {
                    throw;
                }
            }
        }
    }

    private static void Tidy(AzuriteCommand command, string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (command.InMemory)
        {
            Directory.Delete(folder, recursive: true);
        }
        else
        {
            AzuriteRecord.Remove(folder);
        }
    }

    private static async Task WaitAsync(
        AzuriteRecord record,
        Func<bool> hasEnded,
        string folder,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        long start = time.GetTimestamp();
        while (!await AzuriteEndpoint.AnswersAsync(record.TablePort, record.QueuePort, cancellationToken).ConfigureAwait(false))
        {
            if (hasEnded())
            {
                throw new AzuriteFailedException("The storage emulator ended while starting. " + AzuriteCommand.LastWords(folder));
            }

            if (time.GetElapsedTime(start) > ReadyWithin)
            {
                throw new AzuriteFailedException(
                    $"The storage emulator did not answer within {ReadyWithin.TotalSeconds} s. " + AzuriteCommand.LastWords(folder)
                );
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts and stops on one folder come one after the other. The lock goes with the process that holds it.</summary>
    private static async Task<FileStream> LockAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "azurite.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException refusal) when (refusal is not DirectoryNotFoundException && time.GetElapsedTime(start) <= ReadyWithin)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
