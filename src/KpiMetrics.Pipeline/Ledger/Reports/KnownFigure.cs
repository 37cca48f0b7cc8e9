namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>All that the ledger had of one figure from one source before a report.</summary>
internal sealed class KnownFigure
{
    /// <summary>In order of time, then of reports.</summary>
    public List<StoredStatement> Statements { get; } = [];

    public Repetition? Repetition { get; set; }
}
