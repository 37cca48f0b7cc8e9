using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>What a detector looks at.</summary>
/// <param name="figure">The tested figure.</param>
/// <param name="axis">The figures before it, as reported.</param>
/// <param name="values">The same, scaled; what events cover is taken out. Of running totals what each period adds.</param>
/// <param name="cleaned">The same without what is certainly wrong.</param>
/// <param name="shock">What happened to all areas in the tested period, scaled; 0 where nothing did.</param>
internal readonly ref struct Evidence(
    TestedFigure figure,
    Axis axis,
    ReadOnlySpan<double> values,
    ReadOnlySpan<double> cleaned,
    Baseline baseline,
    double shock
)
{
    private const double Towering = 3;

    public TestedFigure Figure { get; } = figure;

    public double Value { get; } = (double)figure.Value;

    public Axis Axis { get; } = axis;

    public ReadOnlySpan<double> Values { get; } = values;

    public ReadOnlySpan<double> Cleaned { get; } = cleaned;

    public Baseline Baseline { get; } = baseline;

    public double Shock { get; } = shock;

    /// <summary>Of the figure as it is, in spreads, signed: the smaller of with and without what happened to all areas.</summary>
    public double Deviation => Nearer(Value);

    public bool AddsUp => Figure.Kind is MeasureKind.Flow or MeasureKind.Cumulative;

    public bool MovesWithTet => AddsUp;

    /// <summary>A running total below the one before.</summary>
    public bool Falls => Figure.Kind == MeasureKind.Cumulative && Value < Baseline.Offset;

    /// <summary>For series with many zeros, in which a large number now and then is nothing odd.</summary>
    public bool TowersAboveAll
    {
        get
        {
            var most = 0.0;
            foreach (var value in Axis.Raw)
                most = Math.Max(most, double.IsNaN(value) ? 0 : Math.Abs(value));
            return Math.Abs(Value) > Towering * most;
        }
    }

    /// <summary>How far another value would be, in spreads; never negative.</summary>
    public double Fit(double other) => Math.Abs(Nearer(other));

    /// <summary>How far another value would be, scaled; never negative.</summary>
    public double Distance(double other) => Fit(other) * Baseline.Spread;

    /// <summary>The figure is off by more than this part of what is still not suspicious.</summary>
    public bool IsOff(double part = 1)
    {
        var scaled = Baseline.Scaled(Value);
        return Baseline.IsOff(scaled, part) && (Shock == 0 || Baseline.IsOff(scaled - Shock, part));
    }

    private double Nearer(double value)
    {
        var plain = Baseline.Deviation(value);
        var moved = plain - Shock / Baseline.Spread;
        return Math.Abs(moved) < Math.Abs(plain) ? moved : plain;
    }
}
