namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Order statistics of a few numbers. All sort what they are given.</summary>
internal static class Medians
{
    // A MAD of normal noise is its standard deviation divided by this.
    public const double NormalMad = 1.4826;

    // The share of the errors that a second look at the spread leaves above it, and the normal quantile there.
    private const double Upper = 0.85;
    private const double NormalUpper = 1.44;

    // A third look at the tail; beyond its normal quantile of 1.96, so that only heavy tails count.
    private const double Tail = 0.95;
    private const double NormalTail = 2.1;

    /// <param name="values">Not empty.</param>
    public static double Of(Span<double> values)
    {
        Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /// <summary>
    /// The standard deviation that normal errors of these sizes would have, by their median or, where tails are heavy or most of them 0, by
    /// their upper part.
    /// </summary>
    /// <param name="errors">Sizes, not empty.</param>
    public static double Spread(Span<double> errors)
    {
        var median = Of(errors);
        var upper = errors[(int)Math.Ceiling(Upper * (errors.Length - 1))];
        var tail = errors[(int)(Tail * (errors.Length - 1))];
        return Math.Max(NormalMad * median, Math.Max(upper / NormalUpper, tail / NormalTail));
    }

    // Few and mostly nearly sorted: faster than the general sort.
    private static void Sort(Span<double> values)
    {
        if (values.Length > 24)
        {
            values.Sort();
            return;
        }
        for (var next = 1; next < values.Length; next++)
        {
            var value = values[next];
            var at = next - 1;
            for (; at >= 0 && values[at] > value; at--)
                values[at + 1] = values[at];
            values[at + 1] = value;
        }
    }
}
