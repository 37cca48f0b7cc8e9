using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Gathers the statements of a stretch of a series, which may come in any order.</summary>
internal sealed class StretchRows(Frequency frequency)
{
    private readonly List<(int Period, Statement Statement)> rows = [];
    private bool isUnordered;

    public bool IsEmpty => rows.Count == 0;

    public void Add(int period, Statement statement)
    {
        isUnordered |= rows.Count > 0 && Order(rows[^1], (period, statement)) > 0;
        rows.Add((period, statement));
    }

    /// <summary>In order of the periods, and of receipt.</summary>
    public IReadOnlyList<PeriodStatements> Periods()
    {
        var periods = new List<PeriodStatements>();
        var statements = new List<Statement>();
        var current = -1;
        foreach (
            var (period, statement) in isUnordered ? rows.Order(Comparer<(int, Statement)>.Create(Order)) : rows.AsEnumerable()
        )
        {
            if (period != current)
            {
                statements = [];
                periods.Add(new(Period.FromIndex(frequency, period), statements));
                current = period;
            }
            statements.Add(statement);
        }
        return periods;
    }

    private static int Order((int Period, Statement Statement) left, (int Period, Statement Statement) right) =>
        left.Period != right.Period
            ? left.Period.CompareTo(right.Period)
            : left.Statement.ReceivedAt.CompareTo(right.Statement.ReceivedAt);
}
