namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>A figure that a report states for the first time.</summary>
/// <param name="Place">Which figure of the batch it is, from 0.</param>
internal readonly record struct FirstStatement(FigureKey Key, NumberedSeries Series, int Place, StatedContent Content);
