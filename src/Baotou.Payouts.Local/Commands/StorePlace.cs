using Baotou.Payouts.AzureStorage;

namespace Baotou.Payouts.Local.Commands;

/// <summary>Where the store is that a verb works on.</summary>
internal abstract record StorePlace
{
    private StorePlace() { }

    /// <summary>A folder of this machine.</summary>
    internal sealed record Folder(string Path) : StorePlace
    {
        /// <summary>The option as it was given.</summary>
        public override string ToString() => $"--data {Path}";
    }

    /// <summary>A storage account, by the address of its tables.</summary>
    /// <param name="Tables">The address.</param>
    /// <param name="Connection">Its connection string; null where whoever is signed in on this machine opens it.</param>
    /// <param name="Buckets">Partitions that enterprises are spread over; null where the verb does not ask.</param>
    internal sealed record Account(Uri Tables, string? Connection, int? Buckets) : StorePlace
    {
        /// <summary>The variable that a connection string is read from, as other tools for storage do.</summary>
        public const string Variable = "AZURE_STORAGE_CONNECTION_STRING";

        /// <summary>The account at an address, or why there can be none.</summary>
        public static (Account? Account, InputProblem? Problem) Read(string text, int? buckets, Func<string, string?> variable)
        {
            var where = $"--account {text}";
            if (
                !Uri.TryCreate(text, UriKind.Absolute, out var tables)
                || tables.Scheme is not ("https" or "http")
                || tables.UserInfo.Length > 0
            )
                return (
                    null,
                    new(where, "this is no address", "write the address of the account's tables, as https://NAME.table.core.windows.net")
                );
            if (tables.Query.Length > 0 || tables.Fragment.Length > 0)
                return (
                    null,
                    new(
                        $"--account {tables.GetLeftPart(UriPartial.Path)}",
                        "this carries a signature",
                        "write the address alone; who may read it is decided by who is signed in"
                    )
                );
            if (tables.Scheme == "http" && !tables.IsLoopback)
                return (null, new(where, "this is not encrypted on its way", "write https://"));
            if (ConnectionOf(tables, variable(Variable), out var problem) is { } connection)
                return (new(tables, connection, buckets), null);
            return problem is null
                ? (new(tables, null, buckets), null)
                : (null, new(where, problem, $"set {Variable} to the connection string of this account"));
        }

        /// <summary>The account; nothing is sent yet.</summary>
        public StorageAccount Open() =>
            Connection is null
                ? StorageAccount.FromSignedIn(Tables, new StorageMeter())
                : StorageAccount.FromConnectionString(Connection, new StorageMeter());

        /// <summary>The option as it was given.</summary>
        public override string ToString() => $"--account {Tables}";

        // A string of another account is somebody else's; on this machine nobody can be signed in, since the emulator asks for a key.
        private static string? ConnectionOf(Uri tables, string? connection, out string? problem)
        {
            problem = tables.IsLoopback
                ? $"this is an emulator, which is opened by its connection string; {Variable} has none of it"
                : null;
            if (string.IsNullOrEmpty(connection) || !StorageAccount.IsConnectionString(connection))
                return null;
            return Path(StorageAccount.FromConnectionString(connection, new StorageMeter()).Tables) == Path(tables) ? connection : null;
        }

        private static string Path(Uri address) => address.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }
}
