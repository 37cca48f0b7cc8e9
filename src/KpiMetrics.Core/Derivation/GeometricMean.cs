namespace KpiMetrics.Core.Derivation;

/// <summary>The n-th root of a product, in decimals: how Vietnam's statistics office averages consumer price indexes (DESIGN 4.5).</summary>
public static class GeometricMean
{
    private const int MostSteps = 60;

    /// <summary>Exact to about 24 digits. <see cref="Absence.NotPositive"/> where a value is 0 or less.</summary>
    public static Absence Of(IReadOnlyList<decimal> values, out decimal mean)
    {
        mean = 0m;
        if (values.Count == 0)
            return Absence.NoFigure;
        foreach (var value in values)
        {
            if (value <= 0m)
                return Absence.NotPositive;
        }
        try
        {
            // As multiples of the first, so that the product stays near 1 and keeps its digits.
            var product = 1m;
            foreach (var value in values)
                product *= value / values[0];
            mean = values[0] * Root(product, values.Count);
            return Absence.None;
        }
        catch (OverflowException)
        {
            return Absence.TooLarge;
        }
    }

    // Newton's steps from what floating point gives, until they no longer move.
    private static decimal Root(decimal of, int n)
    {
        var root = (decimal)Math.Pow((double)of, 1.0 / n);
        for (var step = 0; step < MostSteps; step++)
        {
            var power = 1m;
            for (var i = 1; i < n; i++)
                power *= root;
            var next = root - (root * power - of) / (n * power);
            if (next == root)
                break;
            root = next;
        }
        return root;
    }
}
