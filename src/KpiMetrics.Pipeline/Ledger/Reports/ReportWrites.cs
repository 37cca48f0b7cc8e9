namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>What one batch of a report changes in the ledger; every list in the order of its keys, each key once.</summary>
internal sealed class ReportWrites
{
    /// <summary>Rows to add; of one key there may be two, of different reports.</summary>
    public List<NewStatement> Statements { get; } = [];

    /// <summary>Figures whose last repetition is this report.</summary>
    public List<FigureKey> Confirmed { get; } = [];

    /// <summary>Figures whose last repetition became a statement.</summary>
    public List<FigureKey> Forgotten { get; } = [];

    /// <summary>Figures whose points are to be published again, of whatever vintage: one key for each series and period.</summary>
    public List<FigureKey> Changed { get; } = [];

    /// <param name="statement">Not of a key before the last one.</param>
    public void Add(NewStatement statement)
    {
        var key = statement.Key;
        Statements.Add(statement);
        if (Changed.Count == 0 || Changed[^1].Series != key.Series || Changed[^1].Period.Index != key.Period.Index)
            Changed.Add(key);
    }

    /// <inheritdoc cref="Add(NewStatement)"/>
    public void Add(FigureKey key, ReportMoment report, StatementVerdict verdict, StatedContent said)
    {
        if (verdict.Confirms)
            Confirmed.Add(key);
        if (verdict.Outcome == AppendOutcome.Repeated)
            return;
        Add(new(key, new(verdict.At, report.ReportId, said)));
        if (verdict.Restated is not { } row)
            return;
        Add(new(key, row));
        Forgotten.Add(key);
    }
}
