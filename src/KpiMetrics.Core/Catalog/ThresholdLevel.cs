namespace KpiMetrics.Core.Catalog;

/// <summary>One level of a threshold: báo động II at 2.2 m.</summary>
/// <param name="Code">Stable and unique within its threshold; alerts are told apart by it: <c>bao-dong-2</c>.</param>
/// <param name="Name">As it reads within a sentence: <c>báo động II</c>.</param>
/// <param name="At">In the threshold's unit (of a rise: per hour); reached from here upwards, this figure included.</param>
public sealed record ThresholdLevel(string Code, string Name, decimal At, ThresholdSeverity Severity);
