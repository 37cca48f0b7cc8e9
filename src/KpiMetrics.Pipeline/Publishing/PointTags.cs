using System.Text;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>The measurement and tags that all points of one series share.</summary>
public sealed class PointTags
{
    private PointTags(IReadOnlyList<KeyValuePair<string, string>> all)
    {
        All = all;
        Fault = all.Select(LineProtocol.FaultOf).FirstOrDefault(fault => fault is not null);
        var line = new StringBuilder(InfluxNames.Kpi);
        foreach (var (name, value) in all)
            line.Append(',').Append(name).Append('=').Append(LineProtocol.EscapeTag(value));
        Prefix = Encoding.UTF8.GetBytes(line.ToString());
    }

    public IReadOnlyList<KeyValuePair<string, string>> All { get; }

    /// <summary>Why no line can carry these tags; null where one can, which is always but for codes no catalog should have.</summary>
    public string? Fault { get; }

    /// <summary>How each line of the series begins: measurement and tags, escaped, UTF-8.</summary>
    internal ReadOnlyMemory<byte> Prefix { get; }

    public static PointTags Of(SeriesKey key) => new(InfluxNames.TagsOf(key));

    /// <summary>Tags as a store holds them, perhaps of points that are none of ours; an empty value means that the points lack the tag.</summary>
    public static PointTags OfStored(IReadOnlyList<KeyValuePair<string, string>> tags) => new(tags);
}
