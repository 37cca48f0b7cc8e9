namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>64 bits for a point's time and fields, the same whichever side they come from: points with equal hashes are taken for equal.</summary>
/// <remarks>The fields may come in any order. Good against accidents; nobody is kept from forging one.</remarks>
internal static class PointHash
{
    /// <summary>Of a point as it must be.</summary>
    public static ulong Of(Point point)
    {
        var nanoseconds = InstantOf(point.Address);
        var hash = Of(nanoseconds);
        Add(InfluxNames.Value, point.Value);
        Add(InfluxNames.Pop, point.Pop);
        Add(InfluxNames.Yoy, point.Yoy);
        Add(InfluxNames.Ytd, point.Ytd);
        Add(InfluxNames.YtdYoy, point.YtdYoy);
        Add(InfluxNames.Plan, point.Plan);
        Add(InfluxNames.Coverage, point.Coverage);
        Add(InfluxNames.Demo, point.IsDemo ? 1m : null);
        return point.Text is { } text ? Plus(hash, OfField(nanoseconds, InfluxNames.Text, text)) : hash;

        void Add(string name, decimal? value)
        {
            if (value is { } number)
                hash = Plus(hash, OfField(nanoseconds, name, LineProtocol.Nearest(number)));
        }
    }

    /// <summary>Of a point without fields; <see cref="OfField(long, string, double)"/> of each is added to it.</summary>
    public static ulong Of(long nanoseconds) => Mix(unchecked((ulong)nanoseconds));

    public static ulong Plus(ulong left, ulong right) => unchecked(left + right);

    public static ulong OfField(long nanoseconds, string name, double value) =>
        // 0 and -0 are the same figure.
        OfField(nanoseconds, name, value == 0 ? 0UL : BitConverter.DoubleToUInt64Bits(value));

    public static ulong OfField(long nanoseconds, string name, string text) => OfField(nanoseconds, name, ~Of(text));

    /// <summary>A point's instant in nanoseconds since 1970.</summary>
    /// <exception cref="OverflowException">Before 1678 or after 2262, which InfluxDB cannot hold either.</exception>
    public static long InstantOf(PointAddress address) => checked(address.Seconds * 1_000_000_000 + address.Nanoseconds);

    private static ulong OfField(long nanoseconds, string name, ulong value) =>
        Mix(Plus(value, Mix(Plus(Of(name), Of(nanoseconds)))));

    private static ulong Of(string text)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var c in text)
                hash = (hash ^ c) * 1099511628211UL;
            return hash;
        }
    }

    private static ulong Mix(ulong bits)
    {
        unchecked
        {
            bits += 0x9E3779B97F4A7C15UL;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
            return bits ^ (bits >> 31);
        }
    }
}
