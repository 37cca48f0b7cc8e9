namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Looks up what was reported; only for what is told of a figure.</summary>
internal static class Points
{
    public static HistoryPoint? At(TestedFigure figure, int index)
    {
        for (var at = figure.Earlier.Count - 1; at >= 0; at--)
        {
            if (
                figure.Earlier[at] is var point
                && point.Period.Frequency == figure.Period.Frequency
                && point.Period.Index == index
            )
                return point;
        }
        return null;
    }

    /// <summary>The same period a year before, or else the last one before.</summary>
    public static HistoryPoint? Reference(TestedFigure figure)
    {
        if (figure.Period.YearEarlier is { } year && At(figure, year.Index) is { } same)
            return same;
        var last = default(HistoryPoint?);
        foreach (var point in figure.Earlier)
        {
            if (
                point.Period.Frequency == figure.Period.Frequency
                && point.Period.Index < figure.Period.Index
                && !(last?.Period.Index > point.Period.Index)
            )
                last = point;
        }
        return last;
    }
}
