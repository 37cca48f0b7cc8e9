using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation;

/// <summary><c>ytd</c>: the year so far; "lũy kế". The sum of a flow, the mean of what is averaged over time, a running total itself.</summary>
/// <remarks>
/// The year is that of the period's window, so under cutoff-15 January begins on 15 December; for weeks it is the ISO week-year.
/// A gap does not hide the total, the coverage tells it: 11 of 12. Windows of two forms in one year overlap or leave days out, so from
/// the change on that year has no total.
/// </remarks>
public static class YearToDate
{
    /// <summary>One entry for each figure of the series, which must begin no later than the year of its first wanted figure.</summary>
    public static YearToDateColumn Over(SeriesColumns series, Measure measure)
    {
        var column = new YearToDateColumn(series);
        if (measure.Kind == MeasureKind.Cumulative)
            RunningTotals(series, column);
        else if (measure.Kind == MeasureKind.Flow)
            Walk(series, column, new RunningSum());
        else if (measure.OverTime is OverTime.Mean)
            Walk(series, column, new RunningMean(measure, series));
        else if (measure.OverTime is OverTime.GeometricMean)
            Walk(series, column, new RunningGeometricMean(measure, series));
        else
        {
            for (var i = 0; i < series.Count; i++)
                column.Set(i, 0m, Absence.DoesNotAddUp, 1, isLacking: false);
        }
        return column;
    }

    private static void RunningTotals(SeriesColumns series, YearToDateColumn column)
    {
        for (var i = 0; i < series.Count; i++)
        {
            var number = series.PeriodAt(i).Number;
            var isLacking = series.IsIncompleteAt(i);
            column.Set(i, series.ValueAt(i), Absence.None, isLacking ? number - 1 : number, isLacking);
        }
    }

    private static void Walk<T>(SeriesColumns series, YearToDateColumn column, T running)
        where T : IRunning
    {
        var indexes = series.Indexes;
        var values = series.Values;
        var forms = series.Forms;
        var year = YearSpan.None;
        var (have, form, isLacking) = (0, 0, false);
        var absence = Absence.None;
        var i = 0;
        // One guard around many figures; the one that overflows is taken again, as without a total.
        while (i < indexes.Length)
        {
            try
            {
                for (; i < indexes.Length; i++)
                {
                    var index = indexes[i];
                    if (!year.Holds(index))
                    {
                        (year, have, absence, isLacking) = (YearSpan.Of(series, i), 0, Absence.None, false);
                        form = forms.FormAt(index);
                        running.Restart();
                    }
                    if (absence == Absence.None && !forms.IsUniform && forms.FormAt(index) != form)
                        absence = Absence.WindowsDiffer;
                    var total = 0m;
                    if (absence == Absence.None)
                        absence = running.Add(i, values[i], out total);
                    var lacksParts = series.IsIncompleteAt(i);
                    isLacking |= lacksParts;
                    have += lacksParts ? 0 : 1;
                    column.Set(i, total, absence, have, isLacking);
                }
            }
            catch (OverflowException)
            {
                absence = Absence.TooLarge;
            }
        }
    }
}
