using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Worker.Composition;

/// <summary>When reported figures are held against each other.</summary>
public sealed class CheckOptions
{
    public const string Section = "Checks";

    /// <summary>How often it is looked whether figures came, in seconds. Default 60, 1..3600; a worker looks for the first time after so long.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 60;

    /// <summary>How long a set is left alone after a check, in seconds; 0: it is checked whenever a look finds that figures came. Default 300, 0..86400.</summary>
    [Range(0, 86400)]
    public int RestSeconds { get; set; } = 300;
}
