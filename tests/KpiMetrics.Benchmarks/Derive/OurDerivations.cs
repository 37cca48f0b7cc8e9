using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;

namespace KpiMetrics.Benchmarks.Derive;

/// <summary>KpiMetrics, one series at a time. <see cref="Derive"/> is timed, <see cref="RowAt"/> is not.</summary>
internal sealed class OurDerivations
{
    private static readonly Measure Flow = new()
    {
        Code = "B-01.01",
        Name = "flow",
        Kind = MeasureKind.Flow,
        Aggregation = Aggregation.Sum,
    };

    private DerivedColumn? pop;
    private DerivedColumn? yoy;
    private YearToDateColumn? ytd;
    private DerivedColumn? ytdYoy;

    public void Derive(SeriesColumns series)
    {
        pop = PeriodOnPeriod.Over(series, Flow);
        yoy = YearOnYear.Over(series, Flow);
        ytd = YearToDate.Over(series, Flow);
        ytdYoy = YearToDateOnYear.Over(series, Flow, ytd);
    }

    /// <summary>What the last <see cref="Derive"/> made of the series' figure at this position.</summary>
    public DerivedRow RowAt(int position) =>
        new(pop?[position].Value, yoy?[position].Value, ytd?[position].Total.Value, ytdYoy?[position].Value);
}
