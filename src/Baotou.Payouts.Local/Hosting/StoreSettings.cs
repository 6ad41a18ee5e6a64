using System.Security.Cryptography;
using System.Text.Json;
using Baotou.Payouts.Application.Pulling;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>Which city of the sandbox a store holds.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Enterprises">How many enterprises it has.</param>
internal sealed record SandboxCity(long Seed, int Enterprises)
{
    /// <summary>"seed 7 with 2000 enterprises".</summary>
    public override string ToString() => $"seed {Seed} with {Enterprises} enterprises";
}

/// <summary>What was chosen when a store in a folder was made and may never change after: kept beside it, in <c>payouts.json</c>.</summary>
/// <param name="Buckets">Partitions that enterprises are spread over.</param>
/// <param name="Sandbox">The city it holds; null for a store of real data.</param>
internal sealed record StoreSettings(int Buckets, SandboxCity? Sandbox)
{
    private const string FileName = "payouts.json";
    private const string KeyName = "account.key";
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What a new store on one machine gets.</summary>
    public static StoreSettings Default { get; } = new(8, null);

    /// <summary>The settings of the store in a folder; null if the folder holds none.</summary>
    /// <exception cref="InvalidDataException">The file is there and cannot be understood.</exception>
    public static StoreSettings? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<StoreSettings>(File.ReadAllText(path), Options) is { Buckets: >= 1 and <= 1_000 } settings
                ? settings
                : throw new InvalidDataException($"{path} names no number of buckets between 1 and 1,000.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not as it was written: {e.Message}");
        }
    }

    /// <summary>Keeps the settings of a new store.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, Options) + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>
    /// The cipher of a store's account numbers. Its key lies beside the store, readable by its owner only, and is made on first use.
    /// </summary>
    public static AccountCipher CipherOf(string folder)
    {
        var path = Path.Combine(folder, KeyName);
        if (!File.Exists(path))
            WriteKey(folder, RandomNumberGenerator.GetBytes(AccountCipher.KeyBytes));
        return new AccountCipher(File.ReadAllBytes(path));
    }

    /// <summary>Keeps the key of a store's account numbers, readable by its owner only.</summary>
    /// <exception cref="IOException">The store has one already; it is never replaced.</exception>
    public static void WriteKey(string folder, byte[] key)
    {
        var path = Path.Combine(folder, KeyName);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path + ".new", options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        // Whole or not at all: half a key would shut the store for ever.
        File.Move(path + ".new", path);
    }

    /// <summary>A cipher for a store that ends with this process.</summary>
    public static AccountCipher PassingCipher() => new(RandomNumberGenerator.GetBytes(AccountCipher.KeyBytes));
}
