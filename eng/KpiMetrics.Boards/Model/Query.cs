namespace KpiMetrics.Boards.Model;

/// <summary>What a panel asks.</summary>
internal sealed record Query(DataSource Source, string Text, bool IsTable)
{
    public static Query Sql(string text) => new(DataSource.Postgres, text, IsTable: true);

    /// <summary>One line for each text in the column <c>metric</c>, over <c>time</c>.</summary>
    public static Query SqlSeries(string text) => new(DataSource.Postgres, text, IsTable: false);

    /// <summary>One row for each point, tags as columns.</summary>
    public static Query InfluxTable(string text) => new(DataSource.InfluxDb, text, IsTable: true);

    /// <summary>One line for each series.</summary>
    /// <param name="alias">Name of a line, with <c>$tag_area</c> and the like; empty: the field's.</param>
    public static Query InfluxSeries(string text, string alias = "") =>
        new(DataSource.InfluxDb, text, IsTable: false) { Alias = alias };

    public string Alias { get; init; } = "";
}
