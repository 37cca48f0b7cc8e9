namespace KpiMetrics.Pipeline.Sources;

/// <param name="At">When the office says that it stated the row; null where it does not say, or is not trusted to.</param>
internal readonly record struct StatedRow(RawRow Row, DateTimeOffset? At);
