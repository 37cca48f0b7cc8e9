namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>A column of the rows that <see cref="SqlSession.ApplyAsync(string, IReadOnlyList{SqlColumn}, IReadOnlyList{object[]}, CancellationToken)"/> is given.</summary>
internal readonly record struct SqlColumn(string Name, bool IsText)
{
    /// <summary>Whole numbers, or instants.</summary>
    public static SqlColumn[] Numbers(params ReadOnlySpan<string> names) => Of(names, isText: false);

    public static SqlColumn[] Texts(params ReadOnlySpan<string> names) => Of(names, isText: true);

    private static SqlColumn[] Of(ReadOnlySpan<string> names, bool isText)
    {
        var columns = new SqlColumn[names.Length];
        for (var i = 0; i < names.Length; i++)
            columns[i] = new(names[i], isText);
        return columns;
    }
}
