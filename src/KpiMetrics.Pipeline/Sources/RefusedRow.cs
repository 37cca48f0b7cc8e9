namespace KpiMetrics.Pipeline.Sources;

/// <summary>A row as sent, and why it was not taken.</summary>
public sealed record RefusedRow(RawRow Row, Refusal Refusal);
