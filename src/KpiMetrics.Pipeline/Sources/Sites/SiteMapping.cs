using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Pipeline.Sources.Sql;

namespace KpiMetrics.Pipeline.Sources.Sites;

/// <summary>From the mapping of a source to its options; what the file does not say keeps its default.</summary>
internal static class SiteMapping
{
    public static HttpSourceOptions Http(MapReader map)
    {
        var options = new HttpSourceOptions
        {
            Url = map.Secret("url"),
            Headers = map.Secrets("headers"),
            Columns = map.One("columns", SiteShapes.Columns, Columns) ?? new(),
            StatedAt = map.OptionalText("stated_at") ?? "",
            Next = map.OptionalText("next") ?? "",
        };
        options.Rows = map.OptionalText("rows") ?? options.Rows;
        options.FirstPage = map.OptionalWhole("first_page") ?? options.FirstPage;
        options.PageSize = map.OptionalWhole("page_size") ?? options.PageSize;
        options.MaxPages = map.OptionalWhole("max_pages") ?? options.MaxPages;
        options.MaxBytes = map.OptionalWhole("max_bytes") ?? options.MaxBytes;
        return Asked(map, options);
    }

    public static SqlSourceOptions Sql(MapReader map)
    {
        var options = new SqlSourceOptions { Connection = map.Secret("connection"), Query = map.Text("query") };
        options.MaxRows = map.OptionalWhole("max_rows") ?? options.MaxRows;
        return Asked(map, options);
    }

    /// <param name="folder">The site file's own, from which relative ones are counted.</param>
    public static OfficeInboxOptions Inbox(MapReader map, string folder) =>
        new()
        {
            Name = map.Text("name"),
            Set = map.Text("set"),
            Agency = map.Text("agency"),
            Folder = map.OptionalText("folder") is { } path ? Path.GetFullPath(path, folder) : "",
            Locale = map.OptionalText("locale") ?? "",
        };

    private static T Asked<T>(MapReader map, T options)
        where T : SourceOptions
    {
        options.Name = map.Text("name");
        options.Set = map.Text("set");
        options.Agency = map.OptionalText("agency") ?? "";
        options.Indicators = [.. map.Texts("indicators")];
        options.Locale = map.OptionalText("locale") ?? "";
        options.Lookback = map.OptionalWhole("lookback") ?? options.Lookback;
        options.TimeoutSeconds = map.OptionalWhole("timeout_seconds") ?? options.TimeoutSeconds;
        options.Retries = map.OptionalWhole("retries") ?? options.Retries;
        options.BudgetSeconds = map.OptionalWhole("budget_seconds") ?? Math.Max(options.BudgetSeconds, options.TimeoutSeconds);
        options.BreakAfter = map.OptionalWhole("break_after") ?? options.BreakAfter;
        options.BreakSeconds = map.OptionalWhole("break_seconds") ?? options.BreakSeconds;
        options.Concurrency = map.OptionalWhole("concurrency") ?? options.Concurrency;
        options.PeriodsPerQuestion = map.OptionalWhole("periods_per_question") ?? options.PeriodsPerQuestion;
        return options;
    }

    private static Dictionary<string, string> Columns(MapReader map)
    {
        var columns = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in SiteShapes.Columns.Required.Concat(SiteShapes.Columns.Optional))
        {
            if (map.OptionalText(column) is { } path)
                columns[column] = path;
        }
        return columns;
    }
}
