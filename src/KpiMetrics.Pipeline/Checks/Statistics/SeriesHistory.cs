using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>The figures of one series as they count now, reported or computed from all of their parts, for looking back from any period.</summary>
/// <remarks>
/// Without what was made up: it is no past of a real figure. Periods whose windows are of another form are kept apart: a month from the 15th on says nothing
/// of a calendar month.
/// </remarks>
internal sealed class SeriesHistory
{
    // The detectors look at 128 periods and a year back, by the day too; older ones are only handed over for nothing.
    private const int Most = 400;

    private readonly WindowForms forms;
    private readonly Dictionary<int, HistoryPoint[]> points;

    private SeriesHistory(WindowForms forms, Dictionary<int, HistoryPoint[]> points) =>
        (this.forms, this.points) = (forms, points);

    /// <param name="figures">In order of the periods.</param>
    public static SeriesHistory Of(SeriesFormula formula, IReadOnlyList<Figure> figures)
    {
        var windows = formula.Forms;
        var known = figures
            .Where(figure => figure is { Current.Value.Number: not null, Computed: null or { IsComplete: true } })
            .Where(figure => !IsMadeUp(figure))
            .GroupBy(figure => windows.FormAt(figure.Period.Index));
        return new(windows, known.ToDictionary(group => group.Key, group => group.Select(Point).ToArray()));
    }

    /// <summary>Of the demo, or computed with its help.</summary>
    public static bool IsMadeUp(Figure figure) => figure.Current.Source == DemoSource.Name;

    /// <summary>What came before a period, in order.</summary>
    public IReadOnlyList<HistoryPoint> Before(Period period) => UpTo(period.Index - 1, period.Index);

    /// <summary>What came before a period and the period itself, in order.</summary>
    public IReadOnlyList<HistoryPoint> Until(Period period) => UpTo(period.Index, period.Index);

    private ArraySegment<HistoryPoint> UpTo(int last, int tested)
    {
        if (!points.TryGetValue(forms.FormAt(tested), out var all))
            return ArraySegment<HistoryPoint>.Empty;
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Period.Index <= last)
                low = middle + 1;
            else
                high = middle;
        }
        var first = Math.Max(0, low - Most);
        return new(all, first, low - first);
    }

    private static HistoryPoint Point(Figure figure) => new(figure.Period, figure.Current.Value.Number.GetValueOrDefault());
}
