using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>A running total that falls within its year: it may, licences do get withdrawn, but somebody should know why.</summary>
internal static class RunningTotalChecks
{
    /// <param name="earlier">The reported figure before.</param>
    public static void Of(CheckedSeries series, Term stated, Term? earlier, Outcomes outcomes)
    {
        if (
            series.Measure.Kind != MeasureKind.Cumulative
            || earlier is null
            || earlier.Period.Year != stated.Period.Year
            || !series.Formula.Forms.AreAlike(earlier.Period.Index, stated.Period.Index)
        )
            return;
        outcomes.Add(
            series.About(stated),
            CheckKind.CumulativeFall,
            ReconcileCheck.NoFall(earlier.Printed, stated.Printed),
            () => [series.Input(earlier, stated.Period)]
        );
    }
}
