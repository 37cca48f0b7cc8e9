using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>How one measure moved in all areas in one period: worked out once, used for the test of each of them.</summary>
public sealed class SiblingPanel
{
    // The periods before the tested one whose steps tell how much the measure moves at all.
    private const int StepPeriods = 12;

    private readonly Dictionary<string, int> areas;
    private readonly double[] surprises;
    private readonly double[] steps;
    private readonly Lazy<double> usualStep;

    private SiblingPanel(Dictionary<string, int> areas, double[] surprises, double[] steps, List<double> pastSteps)
    {
        (this.areas, this.surprises, this.steps) = (areas, surprises, steps);
        usualStep = new(() => pastSteps.Count < BaselineFit.LeastErrors ? double.NaN : Medians.Spread(pastSteps.ToArray()));
    }

    /// <summary>How the areas' figures differ from what their own seasons foretold, scaled.</summary>
    internal ReadOnlySpan<double> Surprises => surprises;

    /// <summary>How the areas' figures differ from those of the period before, scaled.</summary>
    internal ReadOnlySpan<double> Steps => steps;

    /// <summary>The standard deviation of a step from one period to the next, in any of the areas; not a number where nothing is known.</summary>
    internal double UsualStep => usualStep.Value;

    /// <summary>The panel of one period.</summary>
    /// <param name="series">Of all areas, that of the tested figure may be among them.</param>
    public static SiblingPanel Of(Period period, MeasureKind kind, IReadOnlyList<SiblingSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var places = new Dictionary<string, int>(series.Count, StringComparer.Ordinal);
        var (unforeseen, moves) = (new double[series.Count], new double[series.Count]);
        var past = new List<double>();
        for (var at = 0; at < series.Count; at++)
        {
            places.TryAdd(series[at].Area, at);
            (unforeseen[at], moves[at]) = Moves(period, kind, series[at].Points, past);
        }
        return new(places, unforeseen, moves, past);
    }

    /// <summary>The other areas of the panel.</summary>
    public Siblings Without(string area) => new(this, areas.GetValueOrDefault(area, -1));

    private static (double Surprise, double Step) Moves(
        Period period,
        MeasureKind kind,
        IReadOnlyList<HistoryPoint> points,
        List<double> past
    )
    {
        var axis = Axis.Of(period, points, stackalloc double[Axis.Most]);
        var scale = Scale.Of(axis.Raw, kind);
        if (!scale.IsUsable)
            return (double.NaN, double.NaN);
        var values = axis.Raw;
        for (var place = 0; place < values.Length; place++)
            values[place] = scale.Of(values[place]);
        for (var place = Math.Max(1, values.Length - StepPeriods); place < values.Length; place++)
        {
            var step = Math.Abs(values[place] - values[place - 1]);
            if (!double.IsNaN(step))
                past.Add(step);
        }
        var now = double.NaN;
        for (var at = 0; at < points.Count; at++)
        {
            if (points[at].Period == period)
                now = scale.Of((double)points[at].Value);
        }
        var foretold = new Forecasts(axis, values, movesWithTet: false).Of(Predictor.SeasonRecent, values.Length, values.Length);
        return (now - foretold, now - values[^1]);
    }
}
