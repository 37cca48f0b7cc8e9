using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Figures;

/// <summary>Which of all statements about a figure counts; the same whatever order they arrived in.</summary>
/// <remarks>
/// The most trusted source first, of its statements the newest vintage, of those the newest received; should two of one
/// source share an instant, the greater number, then the later text, so that the answer never depends on chance.
/// </remarks>
public static class CurrentFigure
{
    /// <summary>The figure that counts; null where there are no statements.</summary>
    /// <param name="period">The period they speak of.</param>
    /// <param name="statements">All statements known, in any order.</param>
    /// <param name="trustIn">The rank of a source, 0 the most trusted.</param>
    public static Figure? Of(Period period, IReadOnlyList<Statement> statements, Func<string, int> trustIn)
    {
        if (statements.Count == 0)
            return null;
        if (statements.Count == 1)
            return new(period, statements[0], 1);
        var trust = statements.Min(statement => trustIn(statement.Source));
        var ordered = statements
            .Where(statement => trustIn(statement.Source) == trust)
            .Order(Comparer<Statement>.Create(ByTime))
            .ToList();
        var revision = 0;
        Statement? before = null;
        Statement? current = null;
        foreach (var statement in ordered)
        {
            var repeats = before is not null && statement.Repeats(before);
            if (!repeats)
                revision++;
            if (
                current is null
                || statement.Vintage > current.Vintage
                || statement.Vintage == current.Vintage && !statement.Repeats(current)
            )
                current = statement;
            before = statement;
        }
        return new(period, current!, revision);
    }

    private static int ByTime(Statement left, Statement right)
    {
        var order = left.ReceivedAt.CompareTo(right.ReceivedAt);
        if (order == 0)
            order = string.CompareOrdinal(left.Source, right.Source);
        if (order == 0)
            order = left.Vintage.CompareTo(right.Vintage);
        if (order == 0)
            order = Nullable.Compare(left.Value.Number, right.Value.Number);
        if (order == 0)
            order = string.CompareOrdinal(left.Value.ToString(), right.Value.ToString());
        return order != 0 ? order : left.Status.CompareTo(right.Status);
    }
}
