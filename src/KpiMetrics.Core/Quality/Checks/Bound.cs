namespace KpiMetrics.Core.Quality.Checks;

/// <summary>On which sides a stated figure is held.</summary>
internal enum Bound
{
    Both,
    AtMost,
    AtLeast,
}
