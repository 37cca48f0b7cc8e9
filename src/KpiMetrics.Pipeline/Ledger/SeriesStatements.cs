using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>One series of the ledger, or a stretch of it, in order of the periods.</summary>
/// <param name="SeriesId">The ledger's own small number for the series.</param>
public sealed record SeriesStatements(int SeriesId, SeriesKey Key, IReadOnlyList<PeriodStatements> Periods)
{
    /// <summary>The figures that count, in order of the periods.</summary>
    /// <param name="trustIn">The rank of a source, 0 the most trusted.</param>
    public List<Figure> Figures(Func<string, int> trustIn)
    {
        var figures = new List<Figure>(Periods.Count);
        foreach (var (period, statements) in Periods)
        {
            if (CurrentFigure.Of(period, statements, trustIn) is { } figure)
                figures.Add(figure);
        }
        return figures;
    }
}
