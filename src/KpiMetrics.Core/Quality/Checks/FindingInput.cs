using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>A figure that a finding holds another against.</summary>
/// <param name="Value">Null: not reported.</param>
/// <param name="Area">The name of the area, where it is not the finding's.</param>
/// <param name="Period">Where it is not the finding's.</param>
/// <param name="Source">Who stated it.</param>
public sealed record FindingInput(
    Place Place,
    PrintedNumber? Value,
    string? Area = null,
    Period? Period = null,
    string? Source = null
);
