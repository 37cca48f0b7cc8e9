using System.Data.Common;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources.Sql;

/// <summary>Which column of a result is which column of an import, by its name.</summary>
internal sealed class SqlColumns
{
    public const string StatedAt = "stated_at";

    private static readonly string[] Needed = ["measure", "area", "value"];

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    private SqlColumns() { }

    public static IReadOnlyList<string> Allowed { get; } =
    [.. ReportColumnNames.Required, .. ReportColumnNames.Optional, StatedAt];

    /// <exception cref="BrokenReportException">A column is unknown, doubled or missing.</exception>
    public static SqlColumns Of(DbDataReader reader, string source, SourceQuestion question)
    {
        var columns = new SqlColumns();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var name = reader.GetName(i);
            if (!Allowed.Contains(name, StringComparer.Ordinal))
                throw Broken(source, $"has a column {Shown.Of(name)}; allowed: {string.Join(", ", Allowed)}");
            if (!columns.places.TryAdd(name, i))
                throw Broken(source, $"has the column '{name}' twice");
        }
        foreach (var name in Needed.Where(name => !columns.places.ContainsKey(name)))
            throw Broken(source, $"has no column '{name}'");
        return question.Periods.Count == 1 || columns.places.ContainsKey("period")
            ? columns
            : throw Broken(source, "has no column 'period', though several periods are asked for at once");
    }

    /// <summary>The name of each column of the result, in its order.</summary>
    public IEnumerable<string> InOrder => places.OrderBy(column => column.Value).Select(column => column.Key);

    private static BrokenReportException Broken(string source, string what) => new($"source {source}: the query's result {what}");
}
