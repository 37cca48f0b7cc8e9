using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation;

/// <summary><c>ytd_yoy</c>: the year so far against the year before at the same stage; "lũy kế so với cùng kỳ".</summary>
/// <remarks>
/// Only where both years have figures of the same periods so far (DESIGN 4.6): eight months against nine would tell a fall that is none. The
/// days of a leap day are no difference.
/// </remarks>
public static class YearToDateOnYear
{
    /// <summary>One entry for each figure of the series, which must begin no later than the year before that of its first wanted figure.</summary>
    public static DerivedColumn Over(SeriesColumns series, Measure measure, YearToDateColumn ytd)
    {
        var (values, absences) = (new decimal[series.Count], new Absence[series.Count]);
        Fill(series, measure, ytd, values, absences);
        return new(series, Counterpart.YearEarlier, values, absences, ytd.IsLackingAt);
    }

    private static void Fill(
        SeriesColumns series,
        Measure measure,
        YearToDateColumn ytd,
        Span<decimal> values,
        Span<Absence> absences
    )
    {
        var inPoints = measure.InPoints;
        var plain = measure.Bases.Count == 0 && series.Forms.IsUniform && series.Incomplete is null;
        var years = new SameStages(series, measure);
        var walk = new CounterpartWalk(series, Counterpart.YearEarlier);
        var i = 0;
        // One guard around many figures, entered again behind the one that overflowed.
        while (i < absences.Length)
        {
            try
            {
                for (; i < absences.Length; i++)
                {
                    var at = walk.PositionFor(i, out var absence);
                    var alike = years.AreAlikeUpTo(i, at);
                    if (!ytd.TryGet(i, out var total))
                        absences[i] = ytd.AbsenceAt(i);
                    else if (at < 0)
                        absences[i] = absence;
                    else if (!alike)
                        absences[i] = Absence.PeriodsDiffer;
                    else if (!ytd.TryGet(at, out var before))
                        absences[i] = ytd.AbsenceAt(at);
                    else
                        absences[i] = plain
                            ? Change.Of(total, before, inPoints, out values[i])
                            : Careful(series, measure, ytd, (i, total), (at, before), out values[i]);
                }
            }
            catch (OverflowException)
            {
                absences[i++] = Absence.TooLarge;
            }
        }
    }

    private static Absence Careful(
        SeriesColumns series,
        Measure measure,
        YearToDateColumn ytd,
        (int Position, decimal Total) now,
        (int Position, decimal Total) before,
        out decimal change
    )
    {
        change = 0m;
        if (!series.Forms.AreAlike(series.IndexAt(now.Position), series.IndexAt(before.Position)))
            return Absence.WindowsDiffer;
        if (ytd.IsLackingAt(now.Position) || ytd.IsLackingAt(before.Position))
            return Absence.Incomplete;
        return IndexLink.Between(measure, series.PeriodAt(before.Position), series.PeriodAt(now.Position)) is { } factor
            ? Change.Of(now.Total, before.Total / factor, measure.InPoints, out change)
            : Absence.BaseYearDiffers;
    }
}
