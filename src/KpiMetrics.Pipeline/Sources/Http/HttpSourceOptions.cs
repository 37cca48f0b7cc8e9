using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>One office's JSON API: where it is, what it is asked, and where its answer holds what.</summary>
public sealed class HttpSourceOptions : SourceOptions
{
    /// <summary>
    /// The address, http or https, with <c>{indicator}</c>, <c>{frequency}</c> (SDMX letter), <c>{period}</c> or, for several at once,
    /// <c>{from_period}</c> and <c>{to_period}</c>, <c>{from}</c> and <c>{to}</c>, the first and last day of their window, and <c>{page}</c>.
    /// </summary>
    [Required, RegularExpression("^https?://.+", ErrorMessage = "http://HOST/PATH or https://HOST/PATH")]
    public string Url { get; set; } = "";

    /// <summary>Request headers; <c>${NAME}</c> in a value is replaced by that environment variable, so that no secret is written down.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>JSON path of the items that become rows. Default <c>$[*]</c>.</summary>
    [Required]
    public string Rows { get; set; } = "$[*]";

    /// <summary>
    /// For each column of an import its JSON path within an item, or <c>=text</c> for a constant. Indicator and period are those
    /// asked for where they are not mapped; measure, area and value must be.
    /// </summary>
    public IDictionary<string, string> Columns { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// JSON path, within an item, of the time at which the office stated it, for sources that are trusted to say; empty (default): the time
    /// of receipt counts. Without a zone it is Vietnam's.
    /// </summary>
    public string StatedAt { get; set; } = "";

    /// <summary>JSON path of the address of the next page, on the same server; the page where it is missing or null is the last. Empty (default): none.</summary>
    public string Next { get; set; } = "";

    /// <summary>What <c>{page}</c> in the address is for the first page. Default 1, 0..1.</summary>
    [Range(0, 1)]
    public int FirstPage { get; set; } = 1;

    /// <summary>With <c>{page}</c>: a page with fewer rows is the last. 0 (default): one without any is.</summary>
    [Range(0, 1_000_000)]
    public int PageSize { get; set; }

    /// <summary>An answer with more pages is refused. Default 100, 1..10,000.</summary>
    [Range(1, 10_000)]
    public int MaxPages { get; set; } = 100;

    /// <summary>True where the pages are numbered in the address.</summary>
    public bool IsPaged => Url.Contains(HttpAddress.Page, StringComparison.Ordinal);

    /// <summary>The largest answer taken, unpacked, all pages together, in bytes. Default 16 MiB, 1 KiB..256 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;
}
