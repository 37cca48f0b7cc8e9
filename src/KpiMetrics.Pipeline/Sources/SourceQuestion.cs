using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>What a source is asked for: one indicator at one frequency, one or several periods, every area at once.</summary>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Periods">At least one; consecutive, of one frequency, oldest first.</param>
/// <param name="Window">From the opening of the first period to the close of the last.</param>
public sealed record SourceQuestion(string Indicator, IReadOnlyList<Period> Periods, Window Window)
{
    public Period First => Periods[0];

    public Period Last => Periods[^1];

    /// <summary><c>LC-A01 2026-10</c>, or <c>LC-A01 2026-01..2026-10</c>.</summary>
    public override string ToString() => Periods.Count == 1 ? $"{Indicator} {First}" : $"{Indicator} {First}..{Last}";
}
