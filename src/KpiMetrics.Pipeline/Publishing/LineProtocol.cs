using System.Buffers;
using System.Globalization;
using System.Text;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Writes points as InfluxDB's line protocol: UTF-8, times in seconds, every number a float.</summary>
/// <remarks>
/// A number is sent as the shortest text of the double nearest to the decimal, so that it comes back as the same double that
/// reading the exported decimal gives. Types of fields never vary, as InfluxDB notices a conflict only within a shard.
/// </remarks>
public static class LineProtocol
{
    // A decimal has at most 29 digits, a sign and a point; a double at most 24 characters.
    private const int NumberLength = 40;

    private static readonly SearchValues<char> TagEscapes = SearchValues.Create(" ,=");
    private static readonly SearchValues<char> TextEscapes = SearchValues.Create("\"\\");

    /// <summary>Appends one line with its line feed.</summary>
    /// <exception cref="ArgumentException">The point has no field, or tags that no line can carry.</exception>
    public static void Append(ArrayBufferWriter<byte> to, Point point)
    {
        if (point.Address.Tags.Fault is { } fault)
            throw new ArgumentException(fault, nameof(point));
        if (point.Fields == PointFields.None)
            throw new ArgumentException("A point must have a field.", nameof(point));
        to.Write(point.Address.Tags.Prefix.Span);
        var separator = ' ';
        Append(to, InfluxNames.Value, point.Value, ref separator);
        Append(to, InfluxNames.Pop, point.Pop, ref separator);
        Append(to, InfluxNames.Yoy, point.Yoy, ref separator);
        Append(to, InfluxNames.Ytd, point.Ytd, ref separator);
        Append(to, InfluxNames.YtdYoy, point.YtdYoy, ref separator);
        Append(to, InfluxNames.Plan, point.Plan, ref separator);
        Append(to, InfluxNames.Coverage, point.Coverage, ref separator);
        Append(to, InfluxNames.Demo, point.IsDemo ? 1m : null, ref separator);
        if (point.Text is { } text)
            Append(to, $"{separator}{InfluxNames.Text}=\"{Escape(text, TextEscapes)}\"");
        Append(to, string.Create(CultureInfo.InvariantCulture, $" {point.Address.Seconds}\n"));
    }

    /// <summary>The double that a store holds for the number.</summary>
    internal static double Nearest(decimal number)
    {
        Span<byte> digits = stackalloc byte[NumberLength];
        _ = number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        return double.Parse(digits[..length], CultureInfo.InvariantCulture);
    }

    internal static string EscapeTag(string value) => Escape(value, TagEscapes);

    /// <summary>Why no line can carry the tag; null where one can.</summary>
    internal static string? FaultOf(KeyValuePair<string, string> tag) =>
        tag.Value switch
        {
            "" => $"tag {tag.Key} is empty; InfluxDB needs a text there.",
            [.., '\\'] => $"tag {tag.Key} is '{tag.Value}'; InfluxDB cannot keep a tag that ends with a backslash.",
            _ when tag.Value.Any(char.IsControl) =>
                $"tag {tag.Key} holds a line feed or another control character; InfluxDB cannot keep one.",
            _ => null,
        };

    private static void Append(ArrayBufferWriter<byte> to, string field, decimal? value, ref char separator)
    {
        if (value is not { } number)
            return;
        Append(to, separator, field);
        separator = ',';
        _ = Nearest(number).TryFormat(to.GetSpan(NumberLength), out var written, provider: CultureInfo.InvariantCulture);
        to.Advance(written);
    }

    private static void Append(ArrayBufferWriter<byte> to, char separator, string field)
    {
        var span = to.GetSpan(field.Length + 2);
        span[0] = (byte)separator;
        var length = Encoding.UTF8.GetBytes(field, span[1..]);
        span[length + 1] = (byte)'=';
        to.Advance(length + 2);
    }

    private static void Append(ArrayBufferWriter<byte> to, string text) => Encoding.UTF8.GetBytes(text, to);

    private static string Escape(string text, SearchValues<char> escaped)
    {
        if (!text.AsSpan().ContainsAny(escaped))
            return text;
        var result = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (escaped.Contains(c))
                result.Append('\\');
            result.Append(c);
        }
        return result.ToString();
    }
}
