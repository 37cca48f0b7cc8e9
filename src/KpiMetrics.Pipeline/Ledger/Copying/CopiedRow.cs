using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>One row on its way, used for one after the other so that a copy of any size needs the memory of its longest row.</summary>
internal sealed class CopiedRow(CopiedTable table)
{
    // So many columns tell people which row is meant.
    private const int Telling = 3;

    private readonly bool[] isNull = new bool[table.Columns.Count];
    private readonly long[] numbers = new long[table.Columns.Count];
    private readonly (int Start, int Length)[] places = new (int, int)[table.Columns.Count];
    private byte[] bytes = new byte[1024];
    private int used;

    public CopiedTable Table => table;

    /// <summary>Forgets the row before.</summary>
    public void Clear() => used = 0;

    public void SetNull(int column) => isNull[column] = true;

    public void Set(int column, long number) => (isNull[column], numbers[column]) = (false, number);

    public void Set(int column, ReadOnlySpan<byte> value) => value.CopyTo(Room(column, value.Length));

    public void Set(int column, string value) => Encoding.UTF8.GetBytes(value, Room(column, Encoding.UTF8.GetByteCount(value)));

    public bool IsNull(int column) => isNull[column];

    public long Number(int column) => numbers[column];

    /// <summary>A text (UTF-8), digits or bytes; good until the row is cleared.</summary>
    public Memory<byte> Bytes(int column) => bytes.AsMemory(places[column].Start, places[column].Length);

    /// <summary>Writes all of it so that two rows have the same bytes only if they are the same.</summary>
    /// <param name="target">Grown where it is too small.</param>
    /// <returns>How many bytes it took.</returns>
    public int Encode(ref byte[] target)
    {
        var most = used + (table.Columns.Count * (1 + sizeof(long)));
        if (target.Length < most)
            target = new byte[2 * most];
        var at = 0;
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var isNothing = isNull[column];
            target[at++] = isNothing ? (byte)0 : (byte)1;
            if (isNothing)
                continue;
            var isNumber = table.Columns[column].Kind is CopiedKind.Int or CopiedKind.Long or CopiedKind.Year;
            var value = isNumber ? [] : Bytes(column).Span;
            BinaryPrimitives.WriteInt64LittleEndian(target.AsSpan(at), isNumber ? numbers[column] : value.Length);
            at += sizeof(long);
            value.CopyTo(target.AsSpan(at));
            at += value.Length;
        }
        return at;
    }

    /// <summary>Which row it is, for a message: its first columns.</summary>
    public override string ToString() =>
        $"{table.Name} ({string.Join(", ", table.Columns.Take(Telling).Select((column, i) => $"{column.Name} {Shown(column.Kind, i)}"))})";

    private string Shown(CopiedKind kind, int column) =>
        isNull[column] ? "NULL"
        : kind is CopiedKind.Text or CopiedKind.Digits ? $"'{Encoding.UTF8.GetString(Bytes(column).Span)}'"
        : kind is CopiedKind.Bytes ? "..."
        : numbers[column].ToString(CultureInfo.InvariantCulture);

    private Span<byte> Room(int column, int length)
    {
        if (bytes.Length - used < length)
            Array.Resize(ref bytes, Math.Max(2 * bytes.Length, used + length));
        isNull[column] = false;
        places[column] = (used, length);
        used += length;
        return bytes.AsSpan(places[column].Start, length);
    }
}
