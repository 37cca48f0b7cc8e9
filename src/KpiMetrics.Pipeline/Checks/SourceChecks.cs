using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>
/// What the sources of one figure say now, each pair held together once; the more trusted is named first. Made-up figures contradict nobody.
/// </summary>
internal static class SourceChecks
{
    public static void Of(CheckedSeries series, Term stated, Outcomes outcomes)
    {
        var statements = series.Loaded.StatementsOf(series.Key, stated.Period);
        if (statements.Count < 2)
            return;
        var set = series.Formula.Set;
        var said = statements
            .Where(statement => statement.Source != DemoSource.Name)
            .GroupBy(statement => statement.Source, StringComparer.Ordinal)
            .OrderBy(own => set.TrustIn(own.Key))
            .ThenBy(own => own.Key, StringComparer.Ordinal)
            .Select(own => Term.Of(series.Key, series.Measure, CurrentFigure.Of(stated.Period, [.. own], _ => 0)))
            .OfType<Term>()
            .ToList();
        for (var at = 0; at < said.Count; at++)
        {
            foreach (var other in said.Skip(at + 1))
            {
                outcomes.Add(
                    series.About(said[at]),
                    CheckKind.Sources,
                    SourcesCheck.Evaluate(said[at].Source, other.Source),
                    () => [series.Input(other, stated.Period)]
                );
            }
        }
    }
}
