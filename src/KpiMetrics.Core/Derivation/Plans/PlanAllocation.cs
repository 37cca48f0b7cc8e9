using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>A year's plan split over the periods of one frequency; the parts add up to the plan, to the last digit.</summary>
public sealed class PlanAllocation
{
    // A split is kept this much finer than its plan, where a decimal has the room.
    private const int MoreDecimals = 10;
    private const int Room = 26;

    private readonly Period first;
    private readonly decimal[] dueBy;

    private PlanAllocation(PlanBasis basis, IReadOnlyList<int> years, decimal? partsTotal, Period first, decimal[] dueBy) =>
        (Basis, Years, PartsTotal, this.first, this.dueBy) = (basis, years, partsTotal, first, dueBy);

    public PlanBasis Basis { get; }

    /// <summary>The years whose pattern was used, newest first; empty unless seasonal.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>What the stated parts add up to, which need not be the plan; null unless explicit.</summary>
    public decimal? PartsTotal { get; }

    /// <summary>Splits the plan over the periods of the series; null where it cannot be: figures of this kind do not add up.</summary>
    /// <param name="series">The figures known, whose complete earlier years give the pattern.</param>
    /// <exception cref="OverflowException">The numbers have more digits than a decimal holds.</exception>
    public static PlanAllocation? Of(PlanOfYear plan, MeasureKind kind, SeriesColumns series)
    {
        if (!PlanOfYear.IsSplit(kind) || plan.Total.Value is not { } total)
            return null;
        var opening = Period.Of(series.Frequency, plan.Year.Year);
        if (ExplicitShape.Of(plan, series.Frequency, out var stated) is { } parts && (stated == total || stated > 0m))
            return new(PlanBasis.Explicit, [], stated, opening, Spread(total, parts));
        if (SeasonalShape.Of(plan.Year.Year, kind, series, out var years) is { } seasonal)
            return new(PlanBasis.Seasonal, years, null, opening, Spread(total, seasonal));
        return new(PlanBasis.Even, [], null, opening, Spread(total, Lengths(opening)));
    }

    /// <summary>What is to be done from the beginning of the year up to and with the period; at its end the plan.</summary>
    /// <param name="period">One of the year and of the series' frequency.</param>
    public decimal DueBy(Period period) => dueBy[PlaceOf(period)];

    /// <summary>What is to be done in the period alone.</summary>
    /// <param name="period">One of the year and of the series' frequency.</param>
    public decimal PartOf(Period period) => PlaceOf(period) is > 0 and var at ? dueBy[at] - dueBy[at - 1] : dueBy[0];

    private int PlaceOf(Period period) =>
        period.Frequency == first.Frequency && period.Year == first.Year
            ? period.Index - first.Index
            : throw new ArgumentException($"{period} is not among {first}..{first.LastOfYear}.", nameof(period));

    // What is due by a period is rounded, not its part: so the last is the plan itself, and the parts are differences without a rest.
    private static decimal[] Spread(decimal plan, decimal[] shape)
    {
        var sum = shape.Sum();
        var due = new decimal[shape.Length];
        var decimals = Decimals(plan);
        var soFar = 0m;
        for (var at = 0; at < shape.Length; at++)
        {
            soFar += shape[at];
            due[at] = sum == plan ? soFar : Math.Round(plan * (soFar / sum), decimals);
        }
        return due;
    }

    private static int Decimals(decimal plan)
    {
        var digits = 1;
        for (var rest = Math.Abs(decimal.Truncate(plan)); rest >= 10m; rest /= 10m)
            digits++;
        return Math.Max(plan.Scale, Math.Min(plan.Scale + MoreDecimals, Room - digits));
    }

    private static decimal[] Lengths(Period opening)
    {
        var lengths = new decimal[Period.CountIn(opening.Frequency, opening.Year)];
        for (var at = 0; at < lengths.Length; at++)
        {
            var period = opening.Shift(at);
            lengths[at] = (period.End - period.Start).Ticks / TimeSpan.TicksPerHour;
        }
        return lengths;
    }
}
