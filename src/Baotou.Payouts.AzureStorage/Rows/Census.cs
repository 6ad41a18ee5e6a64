using System.Globalization;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// How many rows a partition holds, and all their seals joined by exclusive or: kept in a row of the partition and moved with every write,
/// so that a row that was taken away, added or changed is missed even where nothing else speaks of it.
/// </summary>
/// <param name="Rows">How many, its own row not among them.</param>
/// <param name="Sum">The seals joined, in 64 digits.</param>
internal sealed record Census(long Rows, string Sum)
{
    /// <summary>The key of its row; it sorts before all others.</summary>
    public const string RowKey = "!census";

    /// <summary>Of a partition without rows.</summary>
    public static readonly Census Empty = new(0, ContentHash.None.Hex);

    /// <summary>Reads its row.</summary>
    public static Census Read(StoredRow row) => new(row.Columns.Number("rows"), row.Columns.Text("sum"));

    /// <summary>Its columns, unsealed.</summary>
    public RowColumns Columns() => new() { ["rows"] = Rows, ["sum"] = Sum };

    /// <summary>With a row of that seal more.</summary>
    public Census With(string seal) => new(Rows + 1, Join(seal));

    /// <summary>With a row of that seal less.</summary>
    public Census Without(string seal) => new(Rows - 1, Join(seal));

    private string Join(string seal)
    {
        var (mine, theirs) = (Convert.FromHexString(Sum), Convert.FromHexString(seal));
        if (mine.Length != 32 || theirs.Length != 32)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"A seal has 32 bytes, got {theirs.Length}."));
        for (var i = 0; i < mine.Length; i++)
            mine[i] ^= theirs[i];
        return Convert.ToHexStringLower(mine);
    }
}
