using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>One office's JSON API: where it is, what it is asked, and where its answer holds what.</summary>
public sealed class HttpSourceOptions : SourceOptions
{
    /// <summary>
    /// The address, http or https, with <c>{indicator}</c>, <c>{frequency}</c> (SDMX letter), <c>{period}</c>, and <c>{from}</c> and
    /// <c>{to}</c>, the first and last day of the period's window.
    /// </summary>
    [Required, RegularExpression("^https?://.+")]
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

    /// <summary>The largest answer taken, in bytes. Default 16 MiB, 1 KiB..256 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;
}
