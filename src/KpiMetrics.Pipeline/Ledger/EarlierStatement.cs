using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What a report stated before it contradicted itself.</summary>
/// <param name="Place">Which of the report's appended figures it was, from 0.</param>
public sealed record EarlierStatement(int Place, FigureValue Value, char Status);
