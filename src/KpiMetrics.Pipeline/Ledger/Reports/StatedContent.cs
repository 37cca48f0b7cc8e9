namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>What is said of a figure.</summary>
/// <param name="Number">Digit for digit; null for texts and withdrawals.</param>
internal sealed record StatedContent(string? Number, string? Text, char Status, string? Note)
{
    /// <summary>A note alone says nothing new.</summary>
    public bool SaysTheSameAs(StatedContent other) => Number == other.Number && Text == other.Text && Status == other.Status;
}
