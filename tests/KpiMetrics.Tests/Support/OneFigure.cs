using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Support;

internal static class OneFigure
{
    /// <summary>Adds one figure by itself.</summary>
    public static async Task<AppendOutcome> AppendAsync(
        this IReportTransaction report,
        SeriesKey series,
        Period period,
        FigureValue value,
        char status,
        Vintage vintage,
        string? note,
        CancellationToken cancellationToken
    ) => (await report.AppendAsync([new(series, period, value, status, vintage, note)], cancellationToken)).Single();
}
