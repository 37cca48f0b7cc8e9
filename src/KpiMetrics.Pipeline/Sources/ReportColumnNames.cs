namespace KpiMetrics.Pipeline.Sources;

/// <summary>The columns of a report (DESIGN 9), whatever it comes as.</summary>
internal static class ReportColumnNames
{
    public static IReadOnlyList<string> Required { get; } = ["indicator", "measure", "area", "period", "value"];

    public static IReadOnlyList<string> Optional { get; } = ["subject", "status", "vintage", "note", "unit", "agency"];

    /// <summary>Of a report of plans.</summary>
    public static IReadOnlyList<string> OptionalOfPlans { get; } = ["subject", "note", "scheme", "kind", "decision"];

    public static IReadOnlyList<string> OptionalOf(ReportKind kind) => kind == ReportKind.Plans ? OptionalOfPlans : Optional;
}
