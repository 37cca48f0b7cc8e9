using System.Buffers.Binary;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The points of a flight as bytes: series and period, four bytes each.</summary>
internal static class FlightPoints
{
    private const int Size = 2 * sizeof(int);

    public static byte[] Write(IReadOnlyList<PublishedPoint> points)
    {
        var bytes = new byte[points.Count * Size];
        for (var i = 0; i < points.Count; i++)
        {
            var here = bytes.AsSpan(i * Size);
            BinaryPrimitives.WriteInt32LittleEndian(here, points[i].SeriesId);
            BinaryPrimitives.WriteInt32LittleEndian(here[sizeof(int)..], points[i].Period.Index);
        }
        return bytes;
    }

    /// <summary>Series and the index of the period, as the frequency is the series' affair.</summary>
    public static IEnumerable<(int Series, int Period)> Read(byte[] bytes)
    {
        for (var at = 0; at + Size <= bytes.Length; at += Size)
            yield return (
                BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)),
                BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + sizeof(int)))
            );
    }
}
