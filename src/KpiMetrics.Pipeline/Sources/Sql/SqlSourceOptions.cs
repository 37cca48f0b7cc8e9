using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Pipeline.Sources.Sql;

/// <summary>One office's PostgreSQL: how to reach it, and the query whose columns are those of an import.</summary>
public sealed class SqlSourceOptions : SourceOptions
{
    /// <summary>The environment variable that holds the connection string, as <c>${NAME}</c>; the string itself is never written down.</summary>
    [
        Required,
        RegularExpression(
            """^\$\{[A-Za-z_][A-Za-z0-9_]*\}$""",
            ErrorMessage = "${NAME} of the environment variable that holds it"
        )
    ]
    public string Connection { get; set; } = "";

    /// <summary>
    /// One statement that only reads, with <c>@indicator</c>, <c>@frequency</c> (SDMX letter), <c>@from</c> and <c>@to</c> (dates, the
    /// first and last day of the window) and <c>@periods</c> (an array of texts).
    /// </summary>
    [Required]
    public string Query { get; set; } = "";

    /// <summary>An answer with more rows is refused. Default 100,000, 1..1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxRows { get; set; } = 100_000;
}
