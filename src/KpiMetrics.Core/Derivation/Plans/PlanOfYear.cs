using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>The plan of one series for one year, as known at an instant.</summary>
/// <param name="Version">The statement about the whole year that counts; null where the year's plan is the sum of its parts.</param>
/// <param name="Total">The plan of the year; missing only where its parts add up to more than can be kept.</param>
/// <param name="Parts">Of each part that was stated the version that counts, in order of frequency and period.</param>
public sealed record PlanOfYear(Period Year, PlanVersion? Version, Derived Total, IReadOnlyList<PlanVersion> Parts)
{
    /// <summary>The parts whose sum is the plan; empty where <see cref="Version"/> is.</summary>
    public IReadOnlyList<PlanVersion> Summed { get; init; } = [];

    /// <summary>True for kinds of which a year's plan can be split over its periods: amounts and running totals.</summary>
    public static bool IsSplit(MeasureKind kind) => kind is MeasureKind.Flow or MeasureKind.Cumulative;

    /// <summary>Null where there is no plan for the year: none stated, and not all parts of a kind that adds up.</summary>
    /// <param name="versions">All statements about plans of the series, in any order; those of other years and schemes are passed over.</param>
    /// <param name="asOf">Only what was received at or before this instant; null for all.</param>
    public static PlanOfYear? Of(
        IEnumerable<PlanVersion> versions,
        int year,
        MeasureKind kind,
        string scheme = "",
        DateTimeOffset? asOf = null
    )
    {
        var current = versions
            .Where(version => version.Scheme == scheme && version.Stated.Year == year)
            .Where(version => asOf is not { } instant || version.ReceivedAt <= instant)
            .GroupBy(version => version.Stated)
            .Select(PlanVersions.Current)
            .OfType<PlanVersion>()
            .OrderBy(version => version.Stated.Frequency)
            .ThenBy(version => version.Stated.Index)
            .ToList();
        var whole = current.Find(version => version.Part is null);
        var parts = current.FindAll(version => version.Part is not null);
        var of = Period.Of(Frequency.Year, year);
        if (whole is not null)
            return new(of, whole, Derived.Of(whole.Value), parts);
        // Of several that are complete the coarsest: the closest to a statement about the year.
        var complete = parts
            .GroupBy(part => part.Stated.Frequency)
            .LastOrDefault(group => group.Count() == Period.CountIn(group.Key, year))
            ?.ToList();
        return complete is null || !IsSplit(kind) ? null : new(of, null, Sum(complete, of), parts) { Summed = complete };
    }

    private static Derived Sum(IEnumerable<PlanVersion> parts, Period year)
    {
        try
        {
            return Derived.Of(parts.Sum(part => part.Value));
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, year);
        }
    }
}
