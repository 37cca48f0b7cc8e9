using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>All that was ever said about one figure, in the order received; never empty.</summary>
public sealed record PeriodStatements(Period Period, IReadOnlyList<Statement> Statements);
