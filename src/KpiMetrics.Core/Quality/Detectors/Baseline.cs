namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>What the figures before lead to expect, and how far off they were used to be.</summary>
/// <param name="Offset">Added to what is foretold: the running total so far, 0 for all but running totals.</param>
/// <param name="Expected">Scaled.</param>
/// <param name="Spread">Scaled: the standard deviation of the forecast's errors.</param>
/// <param name="Limit">So many spreads are not suspicious yet: the fewer errors the spread rests on, the more.</param>
/// <param name="Low">Scaled: from here to <paramref name="High"/> another way to foretell the figure, nearly as good, finds nothing odd.</param>
/// <param name="High">Scaled.</param>
/// <param name="Points">Earlier figures used.</param>
/// <param name="TetMoved">There is no year to hold this January or February against.</param>
internal readonly record struct Baseline(
    Scale Scale,
    double Offset,
    double Expected,
    double Spread,
    double Limit,
    double Low,
    double High,
    int Points,
    Predictor Predictor,
    bool TetMoved
)
{
    public double ExpectedValue => Scale.Back(Expected) + Offset;

    public double LowerValue => Scale.Back(Expected - Limit * Spread) + Offset;

    public double UpperValue => Scale.Back(Expected + Limit * Spread) + Offset;

    /// <summary>Further off than that part of what is still not suspicious, and odd by the other predictors too.</summary>
    /// <param name="scaled">The figure, scaled.</param>
    public bool IsOff(double scaled, double part) =>
        Math.Abs(scaled - Expected) > part * Limit * Spread && (scaled < Low || scaled > High);

    /// <summary>The figure, scaled.</summary>
    public double Scaled(double value) => Scale.Of(value - Offset);

    /// <summary>In spreads, signed.</summary>
    public double Deviation(double value) => (Scaled(value) - Expected) / Spread;
}
