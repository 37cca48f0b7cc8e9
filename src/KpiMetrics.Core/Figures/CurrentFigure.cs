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
        if (IsOneVoice(statements))
            return OfOneVoice(period, statements);
        var trust = statements.Min(statement => trustIn(statement.Source));
        var trusted = statements.Where(statement => trustIn(statement.Source) == trust).Order(Comparer<Statement>.Create(ByTime));
        var latest = new Dictionary<Vintage, Statement>();
        var lastOf = new Dictionary<(Vintage, string), Statement>();
        var accepted = new List<Statement>();
        foreach (var statement in trusted)
        {
            // A source that repeats itself says nothing new: a poll must not undo another's correction.
            var own = (statement.Vintage, statement.Source);
            if (lastOf.TryGetValue(own, out var said) && statement.Repeats(said))
                continue;
            lastOf[own] = statement;
            if (latest.TryGetValue(statement.Vintage, out var before) && statement.Repeats(before))
                continue;
            latest[statement.Vintage] = statement;
            accepted.Add(statement);
        }
        var current = latest.MaxBy(entry => entry.Key).Value;
        return new(period, current, accepted.Count)
        {
            Earlier = [.. accepted.Where(statement => !ReferenceEquals(statement, current))],
        };
    }

    // Nearly all figures: one source said all of it, at one vintage, one after the other, as the ledger gives it.
    private static bool IsOneVoice(IReadOnlyList<Statement> statements)
    {
        var before = statements[0];
        for (var at = 1; at < statements.Count; at++)
        {
            var statement = statements[at];
            if (
                statement.ReceivedAt <= before.ReceivedAt
                || statement.Vintage != before.Vintage
                || statement.Source != before.Source
            )
                return false;
            before = statement;
        }
        return true;
    }

    // What the way for any statements comes to then.
    private static Figure OfOneVoice(Period period, IReadOnlyList<Statement> statements)
    {
        var current = statements[0];
        var earlier = new List<Statement>();
        for (var at = 1; at < statements.Count; at++)
        {
            if (statements[at].Repeats(current))
                continue;
            earlier.Add(current);
            current = statements[at];
        }
        return new(period, current, earlier.Count + 1) { Earlier = earlier };
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
