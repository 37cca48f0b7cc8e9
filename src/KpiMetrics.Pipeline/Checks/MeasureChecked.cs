using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>What the checks of one measure's reported figures gave.</summary>
/// <param name="Findings">In order of subject (the catalog's), area, frequency and period.</param>
/// <param name="Agreed">How many comparisons found nothing; those that lacked a figure are not counted.</param>
/// <param name="Untested">How many declared identities could not be held against anything, as an input was not reported.</param>
public sealed record MeasureChecked(
    Indicator Indicator,
    Measure Measure,
    IReadOnlyList<Finding> Findings,
    int Agreed,
    int Untested
)
{
    /// <summary>How many figures were held against their own past; see <see cref="Statistics.TestedFigures"/> for which.</summary>
    public int Tested { get; init; }

    /// <summary>Those that could not be, and why: in the order of findings.</summary>
    public IReadOnlyList<UntestableFigure> Untestables { get; init; } = [];

    public int Untestable => Untestables.Count;
}
