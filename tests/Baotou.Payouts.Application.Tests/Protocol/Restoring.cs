using Baotou.Payouts.AzureStorage.Backups;
using Baotou.Payouts.AzureStorage.Rows;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>A restore as the command line does it, on a morning in May.</summary>
internal static class Restoring
{
    public const string By = "command line (wang)";

    public static Task<BackupRestored> FromAsync(IRowStore rows, Stream file) =>
        RestoreBackup.FromAsync(rows, file, By, new FakeTimeProvider(TinyCity.Morning("2023-05-02")), default);
}
