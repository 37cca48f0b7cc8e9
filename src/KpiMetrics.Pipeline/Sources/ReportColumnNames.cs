namespace KpiMetrics.Pipeline.Sources;

/// <summary>The columns of a report (DESIGN 9), whatever it comes as.</summary>
internal static class ReportColumnNames
{
    public static IReadOnlyList<string> Required { get; } = ["indicator", "measure", "area", "period", "value"];

    public static IReadOnlyList<string> Optional { get; } = ["subject", "status", "vintage", "note", "unit", "agency"];
}
