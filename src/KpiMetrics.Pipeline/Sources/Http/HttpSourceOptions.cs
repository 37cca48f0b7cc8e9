using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>One office's JSON API: where it is, what it is asked, and where its answer holds what.</summary>
public sealed class HttpSourceOptions
{
    /// <summary>The name of the source in ledger and logs; letters, digits and hyphens.</summary>
    [Required, RegularExpression("^[a-z0-9][a-z0-9-]{0,39}$")]
    public string Name { get; set; } = "";

    /// <summary>The code of the indicator set it serves.</summary>
    [Required]
    public string Set { get; set; } = "";

    /// <summary>The codes of the indicators it serves; empty (default): every one of the set.</summary>
    public IList<string> Indicators { get; set; } = [];

    /// <summary>The office whose API it is, as the set names it: figures of other offices are refused. Empty (default): not checked.</summary>
    public string Agency { get; set; } = "";

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

    /// <summary>How numbers in strings are written: <c>vi</c>, <c>en</c>, or empty (default) for only those that can be read one way.</summary>
    [RegularExpression("^(vi|en)?$")]
    public string Locale { get; set; } = "";

    /// <summary>How many periods before the last complete one are asked for again, since offices restate them. Default 1, 0..24.</summary>
    [Range(0, 24)]
    public int Lookback { get; set; } = 1;

    /// <summary>How long one answer may take, in seconds. Default 30, 1..600.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>How often a failed request is tried again within one tick, with growing pauses. Default 2, 0..10.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>The largest answer taken, in bytes. Default 16 MiB, 1 KiB..256 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;
}
