using System.Globalization;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>A table as Grafana has it between an answer and the picture: columns by name, rows of cells; null where there is nothing.</summary>
internal sealed record Frame(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The cells of a row by column.</summary>
    public IEnumerable<IReadOnlyDictionary<string, object?>> Records =>
        Rows.Select(row =>
            (IReadOnlyDictionary<string, object?>)
                Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal)
        );

    public bool Has(string column) => Columns.Contains(column, StringComparer.Ordinal);

    /// <summary>The same with these columns alone, in their order; those it lacks are left out.</summary>
    public Frame Only(IEnumerable<string> names)
    {
        var places = names.Select(name => Columns.ToList().IndexOf(name)).Where(place => place >= 0).ToList();
        return new([.. places.Select(place => Columns[place])], [.. Rows.Select(row => Pick(row, places))]);
    }

    /// <summary>A cell as a key: the same text for the same value, whatever its type.</summary>
    public static string? Text(object? cell) =>
        cell switch
        {
            null => null,
            DateTime at => at.ToString("O", CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            decimal number => ((double)number).ToString("R", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString(),
        };

    private static IReadOnlyList<object?> Pick(IReadOnlyList<object?> row, List<int> places) =>
        [.. places.Select(place => row[place])];
}
