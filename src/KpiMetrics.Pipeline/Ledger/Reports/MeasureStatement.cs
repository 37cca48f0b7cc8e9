using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>One statement of a measure for an obligation's area and period, of whatever subject.</summary>
/// <param name="ReceivedAt">Milliseconds since 1970.</param>
/// <param name="HasValue">False for a withdrawal.</param>
internal readonly record struct MeasureStatement(
    int Series,
    string Measure,
    long Source,
    Vintage Vintage,
    long ReceivedAt,
    bool HasValue
);
