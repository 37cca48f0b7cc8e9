using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Worker.Commands;

/// <summary>What an export is of, for formats that say so.</summary>
/// <param name="Indicator">The one indicator wanted; null for all.</param>
/// <param name="Measure">The one measure wanted; null for all.</param>
/// <param name="At">The instant whose knowledge it shows.</param>
internal sealed record ExportScope(IndicatorSet Set, string? Indicator, string? Measure, DateTimeOffset At);
