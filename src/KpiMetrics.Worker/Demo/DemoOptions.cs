using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Worker.Demo;

/// <summary>The section <c>Demo</c> of the settings.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Made-up figures are served and collected, and nine communes of Lào Cai are known. Default true; <c>--Demo:Enabled=false</c> turns it off.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What all figures follow from: the same seed gives the same figures for ever. Default 2026, 0..2147483647.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; set; } = 2026;

    /// <summary>Now and then the agency answers 503 for one office of each set. Default true.</summary>
    public bool HasOutages { get; set; } = true;
}
