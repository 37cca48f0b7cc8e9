using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>A drop folder of one office, besides the built-in folder of its set.</summary>
public sealed class OfficeInboxOptions
{
    /// <summary>The name of the source in ledger and logs; small letters, digits and hyphens.</summary>
    [
        Required,
        RegularExpression(
            "^[a-z0-9][a-z0-9-]{0,39}$",
            ErrorMessage = "1 to 40 small letters, digits and hyphens, no hyphen first"
        )
    ]
    public string Name { get; set; } = "";

    /// <summary>The code of the indicator set whose figures are dropped.</summary>
    [Required]
    public string Set { get; set; } = "";

    /// <summary>The office whose folder it is, as the set names it: figures of other offices are refused.</summary>
    [Required]
    public string Agency { get; set; } = "";

    /// <summary>The folder; relative to the site file's own. No two inboxes may share one.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>How numbers are written where a file does not say: <c>vi</c>, <c>en</c>, or empty (default) for only those that can be read one way.</summary>
    [RegularExpression("^(vi|en)?$", ErrorMessage = "vi, en")]
    public string Locale { get; set; } = "";
}
