namespace KpiMetrics.Pipeline.Sources;

/// <summary>Rows that a source stated together.</summary>
/// <param name="StatedAt">When the office says that it stated them; null where the source is not trusted to say, and the time of receipt counts.</param>
public sealed record SourceReport(DateTimeOffset? StatedAt, IReadOnlyList<RawRow> Rows);
