namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>One of the tables <c>catalog_*</c> with all that is to stand in it.</summary>
/// <param name="Columns">In the order of <paramref name="Rows"/>; <c>position::integer</c> for one that is no text.</param>
internal sealed record CatalogTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string?[]> Rows)
{
    public IEnumerable<string> ColumnNames => Columns.Select(column => column.Split(':')[0]);
}
