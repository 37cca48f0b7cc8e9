using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>A figure that another follows from.</summary>
/// <param name="Value">Null: not reported.</param>
public readonly record struct CheckInput(Measure Measure, PrintedNumber? Value);
