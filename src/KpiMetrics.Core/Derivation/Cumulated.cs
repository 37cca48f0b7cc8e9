namespace KpiMetrics.Core.Derivation;

/// <summary>A total (or mean) of the year so far and its coverage.</summary>
/// <param name="Total">The total of the figures that are there, or why there is none.</param>
/// <param name="Have">How many periods of the year so far have a whole figure.</param>
/// <param name="Need">How many there are: 11 in November.</param>
public readonly record struct Cumulated(Derived Total, int Have, int Need)
{
    /// <summary>Have / need, 0..1.</summary>
    public decimal Coverage => (decimal)Have / Need;
}
