using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>A row that was read and checked, and whose answer is still to be given.</summary>
/// <param name="Figure">Null where the door refused it, for <paramref name="Refusals"/>.</param>
internal readonly record struct GatheredRow(RawRow Row, ReportedFigure? Figure, IReadOnlyList<Refusal> Refusals);
