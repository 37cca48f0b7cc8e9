using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>How many rows a table has, and what they come to: the sum of their hashes, so that neither store need put them in order.</summary>
internal sealed class TableDigest
{
    private byte[] buffer = new byte[1024];
    private UInt128 sum;

    public long Rows { get; private set; }

    /// <summary>32 hexadecimal digits.</summary>
    public string Hash => sum.ToString("x32", CultureInfo.InvariantCulture);

    public void Add(CopiedRow row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = row.Encode(ref buffer);
        SHA256.HashData(buffer.AsSpan(0, length), hash);
        sum = unchecked(sum + BinaryPrimitives.ReadUInt128LittleEndian(hash));
        Rows++;
    }
}
