namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>What of one indicator differs in one month.</summary>
/// <param name="Set">Empty where the points name none; so is <paramref name="Indicator"/>.</param>
/// <param name="Month">In which the windows open, such as 2026-11.</param>
/// <param name="Missing">Points that InfluxDB lacks.</param>
/// <param name="Different">Points of which a field is another, one too many or one too few.</param>
/// <param name="Extra">Points of series of ours that should not be there.</param>
/// <param name="Foreign">Points of series that the ledger does not know, or that have no figure at all.</param>
/// <param name="Uncatalogued">Points of series that the ledger knows and the catalog does not: nobody can say what they should be, so they are left alone.</param>
public sealed record MonthDifference(
    string Set,
    string Indicator,
    string Month,
    long Missing = 0,
    long Different = 0,
    long Extra = 0,
    long Foreign = 0,
    long Uncatalogued = 0
);
