using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>One row of the ledger: what a source said of a figure, and when.</summary>
/// <param name="ReceivedAt">Milliseconds since 1970.</param>
/// <param name="ReportId">Which report said it. Of two statements of one instant neither is the later: <see cref="CurrentFigure"/> says which counts.</param>
internal readonly record struct StoredStatement(long ReceivedAt, long ReportId, StatedContent Content);
