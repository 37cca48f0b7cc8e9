namespace KpiMetrics.Core.Figures;

/// <summary>What one source said of one figure at one instant; the ledger keeps them all.</summary>
/// <param name="Source">The name of the source.</param>
/// <param name="ReceivedAt">When the statement reached us.</param>
/// <param name="Status">SDMX OBS_STATUS.</param>
public sealed record Statement(
    string Source,
    DateTimeOffset ReceivedAt,
    FigureValue Value,
    char Status,
    Vintage Vintage,
    string? Note
)
{
    /// <summary>True when the other says nothing new: same digits, status and vintage. Notes do not count.</summary>
    public bool Repeats(Statement other) =>
        Value.IsSameStatement(other.Value) && Status == other.Status && Vintage == other.Vintage;
}
