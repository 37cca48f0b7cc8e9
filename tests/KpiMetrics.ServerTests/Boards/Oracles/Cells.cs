using System.Globalization;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Cells as texts that are the same for the same value on every road, and rows of them held against each other.</summary>
internal static class Cells
{
    private const int Told = 8;

    public static string Text(object? cell) =>
        cell switch
        {
            null => "-",
            string text => text,
            bool yes => yes ? "yes" : "no",
            DateTime at => Text(new DateTimeOffset(at.ToUniversalTime(), TimeSpan.Zero)),
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            IConvertible number => Convert
                .ToDouble(number, CultureInfo.InvariantCulture)
                .ToString("G15", CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "-",
        };

    public static string Row(params IEnumerable<object?> cells) => string.Join(" | ", cells.Select(Text));

    /// <summary>A percentage as PostgreSQL rounds it; null of nothing.</summary>
    public static decimal? Percent(decimal part, decimal whole, int digits = 1) =>
        whole == 0 ? null : Math.Round(100m * part / whole, digits, MidpointRounding.AwayFromZero);

    /// <summary>The same rows as often, in any order.</summary>
    public static void Same(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> shown, string what)
    {
        var lacking = Without(expected, shown);
        var extra = Without(shown, expected);
        if (lacking.Count + extra.Count == 0)
            return;
        Assert.Fail(
            $"""
            {what}: {shown.Count} rows are shown, {expected.Count} must be.
            Must be, and {lacking.Count} are not:
            {string.Join('\n', lacking.Take(Told))}
            Shown, and {extra.Count} must not be:
            {string.Join('\n', extra.Take(Told))}
            """
        );
    }

    private static List<string> Without(IEnumerable<string> rows, IEnumerable<string> others)
    {
        var left = others.CountBy(row => row, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var without = new List<string>();
        foreach (var row in rows.Order(StringComparer.Ordinal))
        {
            if (left.TryGetValue(row, out var count) && count > 0)
                left[row] = count - 1;
            else
                without.Add(row);
        }
        return without;
    }
}
