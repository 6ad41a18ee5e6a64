namespace Baotou.Payouts.Local.Commands;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The job failed, or what was checked does not hold.</summary>
    public const int Failed = 1;

    /// <summary>What was given cannot be used; nothing was done.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C or by a termination signal, as shells count it.</summary>
    public const int Stopped = 130;
}
