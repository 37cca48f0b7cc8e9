using System.Globalization;

namespace KpiMetrics.Worker.Composition;

/// <summary>From when on figures must be reported.</summary>
public sealed class ObligationOptions
{
    /// <summary>
    /// No period that began before this day (<c>2026-11-01</c>) is obliged: for a province that begins to use KpiMetrics long after its decision. Empty
    /// (default): from the day on which each set came into force.
    /// </summary>
    public string From { get; set; } = "";

    /// <summary>The day; null where there is none, or what is written is none.</summary>
    public DateOnly? Since =>
        DateOnly.TryParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var day) ? day : null;
}
