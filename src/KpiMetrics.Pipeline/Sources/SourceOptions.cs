using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>What is known of a source that is asked for its figures, whatever it is: an API, a database.</summary>
public abstract class SourceOptions
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

    /// <summary>The code of the indicator set it serves.</summary>
    [Required]
    public string Set { get; set; } = "";

    /// <summary>The codes of the indicators it serves; empty (default): every one of the set.</summary>
    public IList<string> Indicators { get; set; } = [];

    /// <summary>The office whose figures it has, as the set names it: figures of other offices are refused. Empty (default): not checked.</summary>
    public string Agency { get; set; } = "";

    /// <summary>How numbers in strings are written: <c>vi</c>, <c>en</c>, or empty (default) for only those that can be read one way.</summary>
    [RegularExpression("^(vi|en)?$", ErrorMessage = "vi, en")]
    public string Locale { get; set; } = "";

    /// <summary>How many periods before the last complete one are asked for again, since offices restate them. Default 1, 0..24.</summary>
    [Range(0, 24)]
    public int Lookback { get; set; } = 1;

    /// <summary>How long one attempt may take, its whole answer included, in seconds. Default 30, 1..600.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>How often a failed attempt is repeated within one question, with growing pauses. Default 2, 0..10.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>How long one question may take with all its attempts, pauses and pages, in seconds; not less than one attempt. Default 120, 1..3600.</summary>
    [Range(1, 3600)]
    public int BudgetSeconds { get; set; } = 120;

    /// <summary>After how many failed attempts in a row it is left alone for <see cref="BreakSeconds"/>. Default 5, 1..1000.</summary>
    [Range(1, 1000)]
    public int BreakAfter { get; set; } = 5;

    /// <summary>For how long it is left alone before it is tried once, in seconds. Default 60, 1..86,400.</summary>
    [Range(1, 86_400)]
    public int BreakSeconds { get; set; } = 60;

    /// <summary>How many questions it may be asked at once. Default 2, 1..64.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>How many consecutive periods one question may ask for. Default 1, 1..10,000.</summary>
    [Range(1, 10_000)]
    public int PeriodsPerQuestion { get; set; } = 1;

    /// <summary>True where it is to be asked for the indicator.</summary>
    public bool Serves(string set, string indicator) => Set == set && (Indicators.Count == 0 || Indicators.Contains(indicator));
}
