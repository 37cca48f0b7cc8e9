using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>What a figure was before it was stated anew.</summary>
internal static class Restated
{
    /// <summary>The last other number that counted; null where there was none.</summary>
    public static decimal? Before(Figure figure)
    {
        for (var at = figure.Earlier.Count - 1; at >= 0; at--)
        {
            if (figure.Earlier[at].Value.Number is { } number && number != figure.Current.Value.Number)
                return number;
        }
        return null;
    }
}
