namespace KpiMetrics.ServerTests.Support;

/// <summary>Holds the export against what an office said: every figure that stands, with its value and how often it changed.</summary>
internal static class Expectations
{
    public static void Equal(Reporter office, IEnumerable<ExportedFigure> figures) => Equal([office], figures);

    /// <param name="offices">No figure may be reported by two of them.</param>
    public static void Equal(IEnumerable<Reporter> offices, IEnumerable<ExportedFigure> figures)
    {
        var expected = offices
            .SelectMany(office => office.Said)
            .Where(figure => figure.Value[^1] != Reporter.Withdrawn)
            .Select(figure => $"{figure.Key} is {figure.Value[^1]} after {figure.Value.Count}")
            .Order(StringComparer.Ordinal)
            .ToList();
        var found = figures.Where(figure => figure.IsReported).Select(Line).Order(StringComparer.Ordinal).ToList();
        if (found.SequenceEqual(expected))
            return;
        Assert.Fail(
            $"""
            The export has {found.Count} figures, {expected.Count} were reported.
            Reported only:
            {Some(expected.Except(found, StringComparer.Ordinal))}
            In the export only:
            {Some(found.Except(expected, StringComparer.Ordinal))}
            """
        );
    }

    private static string Line(ExportedFigure figure) =>
        $"{figure["indicator"]},{figure["measure"]},{figure["area"]},{figure["period"]} is {figure["value"]} after {figure["revision"]}";

    private static string Some(IEnumerable<string> lines) => string.Join('\n', lines.Take(10));
}
