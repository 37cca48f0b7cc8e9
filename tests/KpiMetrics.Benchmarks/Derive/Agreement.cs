namespace KpiMetrics.Benchmarks.Derive;

/// <summary>Compares what somebody derived with what the bare loop derived, value by value, and counts.</summary>
/// <param name="name">Who.</param>
/// <param name="expected">The bare loop's rows, series after series; null where a month has no figure.</param>
/// <param name="wrongAtGaps">Whether other values are expected.</param>
internal sealed class Agreement(string name, DerivedRow?[] expected, bool wrongAtGaps = false)
{
    /// <summary>Of the value, or absolute below 1: PostgreSQL divides to 16 digits.</summary>
    private const decimal Tolerance = 1e-9m;

    private readonly int[] others = new int[DerivedRow.Names.Length];
    private int rows;

    public string Name => name;

    /// <summary>Whether every figure has a row, and every value is there or absent as it should.</summary>
    public bool Holds => rows == expected.Count(row => row is not null) && (wrongAtGaps || others.All(count => count == 0));

    /// <summary>How many values or absences of the derivation are other than the bare loop's.</summary>
    public int Others(int derivation) => others[derivation];

    public void Take(int series, int month, DerivedRow row)
    {
        rows++;
        var right = expected[series * DeriveData.Months + month];
        for (var derivation = 0; derivation < others.Length; derivation++)
        {
            if (right is null || !Same(row[derivation], right.Value[derivation]))
                others[derivation]++;
        }
    }

    private static bool Same(decimal? one, decimal? other) =>
        one is { } a && other is { } b ? Math.Abs(a - b) <= Tolerance * Math.Max(1m, Math.Abs(b)) : one is null && other is null;
}
