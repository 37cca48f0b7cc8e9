namespace KpiMetrics.Core.Figures;

/// <summary>Which of the publisher's rounds a figure belongs to; a later one outranks an earlier one.</summary>
public enum Vintage
{
    Estimate = 1,
    Preliminary = 2,

    /// <summary>Also what a report that names no vintage states.</summary>
    Official = 3,
}
