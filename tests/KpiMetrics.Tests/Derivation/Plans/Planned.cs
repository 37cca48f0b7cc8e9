using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.Plans;

/// <summary>Plans and series as tests write them.</summary>
internal static class Planned
{
    public static readonly DateTimeOffset January = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(7));
    public static readonly DateTimeOffset July = new(2026, 7, 15, 8, 0, 0, TimeSpan.FromHours(7));

    public static readonly Measure Running = TestCatalog.Flow with { Kind = MeasureKind.Cumulative };

    public static PlanVersion Plan(
        string period,
        decimal value,
        DateTimeOffset? at = null,
        PlanKind kind = PlanKind.Assigned,
        string? decision = null,
        string scheme = ""
    ) => new(scheme, Period.Parse(period), value, kind, decision, at ?? January, null);

    /// <summary><c>2026-01=10 2026-02=12.5</c>, or <c>2026-01..2026-06=10</c> for the same in each.</summary>
    public static SeriesColumns Series(string text)
    {
        var values = new SortedDictionary<int, decimal>();
        var frequency = Frequency.Year;
        foreach (var entry in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = entry.Split('=');
            var ends = sides[0].Split("..");
            var (from, to) = (Period.Parse(ends[0]), Period.Parse(ends[^1]));
            frequency = from.Frequency;
            for (var index = from.Index; index <= to.Index; index++)
                values[index] = decimal.Parse(sides[1], CultureInfo.InvariantCulture);
        }
        return new(frequency, [.. values.Keys], [.. values.Values]);
    }

    /// <summary>The progress of the newest figure.</summary>
    public static PlanProgress Progress(this SeriesColumns series, Measure measure, params PlanVersion[] plans) =>
        series.Progress(measure, series.Count - 1, plans);

    public static PlanProgress Progress(this SeriesColumns series, Measure measure, int position, params PlanVersion[] plans) =>
        PlanProgress.Of(series, measure, position, YearToDate.Over(series, measure)[position], new(plans, measure.Kind));

    public static PlanAllocation Allocation(this SeriesColumns series, MeasureKind kind, params PlanVersion[] plans) =>
        PlanAllocation.Of(PlanOfYear.Of(plans, plans[0].Stated.Year, kind)!, kind, series)!; // both are there for what tests give

    public static string Round(this Derived derived) =>
        derived.Value is { } value ? Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture) : derived.Why ?? "";
}
