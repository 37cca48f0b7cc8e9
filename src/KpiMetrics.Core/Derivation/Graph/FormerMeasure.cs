using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>The history of the measure whose place another took, where it goes on (DESIGN 4.10).</summary>
public static class FormerMeasure
{
    /// <summary>The former measure's figures of periods that began before the new one was in force.</summary>
    /// <param name="from">The first day of the new measure; null: it never began, and all are taken.</param>
    public static IEnumerable<Figure> Past(IReadOnlyList<Figure> former, DateOnly? from, Func<Period, DateOnly> firstDayOf) =>
        former
            .Where(figure => from is not { } day || firstDayOf(figure.Period) < day)
            .Select(figure => figure with { Revision = 0, Computed = ComputedFigure.Same(FormulaKind.FormerMeasure, figure) });
}
