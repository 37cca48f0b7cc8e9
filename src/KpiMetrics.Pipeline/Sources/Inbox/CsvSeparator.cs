namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>What stands between the cells: Excel in Vietnamese writes <c>;</c>, in English <c>,</c>, and copies as tabs.</summary>
internal static class CsvSeparator
{
    private static readonly char[] Candidates = [',', ';', '\t'];

    /// <summary>The one that makes most columns known, of those the one that makes most cells.</summary>
    public static char DetectIn(string header) =>
        Candidates.MaxBy(candidate =>
        {
            var cells = header.Split(candidate).Select(cell => cell.Trim().Trim('"')).ToList();
            return (ReportColumns.CountKnown(cells), cells.Count);
        });
}
