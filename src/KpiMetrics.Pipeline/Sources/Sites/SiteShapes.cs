using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Pipeline.Sources.Sites;

/// <summary>Every mapping of a site file; seeds/site.schema.json says the same, and a test compares them.</summary>
public static class SiteShapes
{
    public static CatalogShape File { get; } = new("site", "site", ["sources"], ["note"]);

    public static CatalogShape Http { get; } =
        new(
            "http",
            "source",
            ["kind", "name", "set", "url", "columns"],
            [
                "agency",
                "indicators",
                "headers",
                "rows",
                "stated_at",
                "next",
                "first_page",
                "page_size",
                "max_pages",
                "max_bytes",
                .. Asked,
            ]
        )
        {
            NamedBy = "name",
        };

    public static CatalogShape Sql { get; } =
        new("sql", "source", ["kind", "name", "set", "connection", "query"], ["agency", "indicators", "max_rows", .. Asked])
        {
            NamedBy = "name",
        };

    public static CatalogShape Inbox { get; } =
        new("inbox", "source", ["kind", "name", "set", "agency", "folder"], ["locale", "note"]) { NamedBy = "name" };

    /// <summary>The columns of an import, of an <c>http</c> source.</summary>
    public static CatalogShape Columns { get; } =
        new(
            "columns",
            "columns",
            ["measure", "area", "value"],
            [.. ReportColumnNames.Required.Concat(ReportColumnNames.Optional).Except(["measure", "area", "value"])]
        );

    public static IReadOnlyList<CatalogShape> All { get; } = [File, Http, Sql, Inbox, Columns];

    private static IReadOnlyList<string> Asked =>
        [
            "locale",
            "lookback",
            "timeout_seconds",
            "retries",
            "budget_seconds",
            "break_after",
            "break_seconds",
            "concurrency",
            "periods_per_question",
            "note",
        ];
}
