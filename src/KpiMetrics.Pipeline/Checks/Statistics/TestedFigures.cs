using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>Which figures of a series are tested at every check: what the ledger holds decides, not when it was looked at.</summary>
/// <remarks>
/// The newest and those of the twelve months up to its end; older ones where they were corrected within the last year of reports, and as long as they
/// have an open finding. So neither a first start over twenty years nor a history that is loaded later raises alarms nobody will work on.
/// </remarks>
internal sealed class TestedFigures
{
    private const int Months = 12;

    // Sooner it is still the same report being put right.
    private static readonly TimeSpan Correction = TimeSpan.FromDays(1);

    private readonly DateTime since;
    private readonly DateTimeOffset correctedSince;
    private readonly IReadOnlySet<Period> open;

    /// <param name="reported">Not empty, in order of the periods.</param>
    /// <param name="open">Periods with an open finding.</param>
    public TestedFigures(IReadOnlyList<Figure> reported, IReadOnlySet<Period> open)
    {
        var newest = reported[^1].Period;
        since = newest.Year > Period.FirstYear + 1 ? newest.End.AddMonths(-Months) : DateTime.MinValue;
        correctedSince = reported.Max(figure => figure.Current.ReceivedAt).AddMonths(-Months);
        this.open = open;
    }

    public bool Has(Figure figure) => IsRecent(figure) || open.Contains(figure.Period) || IsCorrectedLately(figure);

    /// <summary>Of the twelve months up to the newest.</summary>
    public bool IsRecent(Figure figure) => figure.Period.End > since;

    private bool IsCorrectedLately(Figure figure) =>
        figure is { Earlier: [var first, ..], Current: var current }
        && current.ReceivedAt > correctedSince
        && current.ReceivedAt - first.ReceivedAt >= Correction
        && Restated.Before(figure) is not null;
}
