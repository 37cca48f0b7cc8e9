using System.Text.Json.Nodes;
using KpiMetrics.Boards.Model;

namespace KpiMetrics.Boards.Parts;

/// <summary>Tables of the ledger's views.</summary>
internal static class Tables
{
    public static JsonObject Options =>
        Node.Of(
            new
            {
                ShowHeader = true,
                CellHeight = "sm",
                Footer = new { Show = false },
            }
        );

    public static Panel Of(
        string title,
        string description,
        string sql,
        int width,
        int height,
        params ReadOnlySpan<Column> columns
    ) =>
        new("table", title, description, width, height)
        {
            Queries = [Query.Sql(sql)],
            Columns = [.. columns],
            Options = Options,
            Custom = Node.Of(new { Align = "auto", Filterable = true }),
            NoData = "Không có",
        };
}
