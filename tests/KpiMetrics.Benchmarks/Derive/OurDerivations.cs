using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Benchmarks.Derive;

/// <summary>KpiMetrics, one series at a time. <see cref="Derive"/> is timed, <see cref="RowAt"/> is not.</summary>
internal sealed class OurDerivations
{
    public static readonly Measure Flow = new()
    {
        Code = "B-01.01",
        Name = "flow",
        Kind = MeasureKind.Flow,
        Aggregation = Aggregation.Sum,
    };

    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

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

    /// <summary>The series as the ledger gives it to export and publishing.</summary>
    public static Figure[] AsFigures(SeriesColumns series)
    {
        var figures = new Figure[series.Count];
        for (var i = 0; i < figures.Length; i++)
        {
            var value = FigureValue.Of(series.ValueAt(i));
            figures[i] = new(series.PeriodAt(i), new("bench", At, value, ObsStatus.Normal, Vintage.Official, null), 1);
        }
        return figures;
    }

    public static void DeriveFigures(Figure[] figures)
    {
        foreach (var _ in SeriesDerivation.Derive(Flow, Frequency.Month, figures)) { }
    }

    /// <summary>What the last <see cref="Derive"/> made of the series' figure at this position.</summary>
    public DerivedRow RowAt(int position) =>
        new(pop?[position].Value, yoy?[position].Value, ytd?[position].Total.Value, ytdYoy?[position].Value);
}
