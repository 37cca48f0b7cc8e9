namespace KpiMetrics.Worker.Demo;

/// <summary>How large the figures of a measure are.</summary>
/// <param name="Size">Of an amount or running total a year's; of all others what it stands at. For an ordinary area, in 2025.</param>
/// <param name="Decimals">Digits behind the point.</param>
internal sealed record DemoLevel(double Size, DemoSeason Season, int Decimals);
