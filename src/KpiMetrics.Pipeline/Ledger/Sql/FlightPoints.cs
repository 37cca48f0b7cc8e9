using System.Buffers.Binary;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The points of a flight as bytes: series and period, four bytes each; and apart from them their fields, four bytes each.</summary>
internal static class FlightPoints
{
    private const int Size = 2 * sizeof(int);

    public static (byte[] Points, byte[] Fields) Write(IReadOnlyList<PublishedPoint> points)
    {
        var bytes = new byte[points.Count * Size];
        var fields = new byte[points.Count * sizeof(int)];
        for (var i = 0; i < points.Count; i++)
        {
            var here = bytes.AsSpan(i * Size);
            BinaryPrimitives.WriteInt32LittleEndian(here, points[i].SeriesId);
            BinaryPrimitives.WriteInt32LittleEndian(here[sizeof(int)..], points[i].Period.Index);
            BinaryPrimitives.WriteInt32LittleEndian(fields.AsSpan(i * sizeof(int)), points[i].Fields);
        }
        return (bytes, fields);
    }

    /// <summary>Series, the index of the period, as the frequency is the series' affair, and the fields that are written.</summary>
    /// <param name="fields">Null of a flight of an older build: any may be.</param>
    public static IEnumerable<(int Series, int Period, int Fields)> Read(byte[] points, byte[]? fields)
    {
        for (var i = 0; (i + 1) * Size <= points.Length; i++)
            yield return (
                BinaryPrimitives.ReadInt32LittleEndian(points.AsSpan(i * Size)),
                BinaryPrimitives.ReadInt32LittleEndian(points.AsSpan(i * Size + sizeof(int))),
                fields is null ? PublishedPoint.AnyField : BinaryPrimitives.ReadInt32LittleEndian(fields.AsSpan(i * sizeof(int)))
            );
    }
}
