using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

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
        var positions = Counterparts.Positions(series, Counterpart.YearEarlier);
        var (values, absences) = (new decimal[positions.Length], new Absence[positions.Length]);
        var stages = Stages(series);
        var alike = true;
        for (var i = 0; i < positions.Length; i++)
        {
            if (stages[i] == 0)
                alike = true;
            var other = positions[i];
            if (measure.Kind != MeasureKind.Cumulative && !IsOnLeapDay(series, i))
                alike &= other >= 0 && stages[other] == stages[i];
            absences[i] = Compare(series, measure, ytd, i, other, alike, out values[i]);
        }
        return new(series, Counterpart.YearEarlier, values, absences);
    }

    private static Absence Compare(
        SeriesColumns series,
        Measure measure,
        YearToDateColumn ytd,
        int position,
        int other,
        bool alike,
        out decimal change
    )
    {
        change = 0m;
        if (!ytd.TryGet(position, out var total))
            return ytd.AbsenceAt(position);
        if (other < 0)
            return series.PeriodAt(position).YearEarlier is null ? Absence.NoCounterpart : Absence.NoFigure;
        if (!alike || series.Frequency == Frequency.Hour && IsOnLeapDay(series, position))
            return Absence.PeriodsDiffer;
        if (!ytd.TryGet(other, out var before))
            return ytd.AbsenceAt(other);
        if (!series.Forms.AreAlike(series.IndexAt(position), series.IndexAt(other)))
            return Absence.WindowsDiffer;
        if (ytd.IsLackingAt(position) || ytd.IsLackingAt(other))
            return Absence.Incomplete;
        if (measure.Bases.Count == 0)
            return Change.Of(total, before, measure.InPoints, out change);
        return IndexLink.Between(measure, series.PeriodAt(other), series.PeriodAt(position)) is { } factor
            ? Change.Of(total, before / factor, measure.InPoints, out change)
            : Absence.BaseYearDiffers;
    }

    // The how-manieth figure of its year each is, from 0; those of a leap day are not counted.
    private static int[] Stages(SeriesColumns series)
    {
        var stages = new int[series.Count];
        var year = YearSpan.None;
        var stage = 0;
        for (var i = 0; i < stages.Length; i++)
        {
            if (!year.Holds(series.IndexAt(i)))
                (year, stage) = (YearSpan.Of(series, i), 0);
            stages[i] = stage;
            if (!IsOnLeapDay(series, i))
                stage++;
        }
        return stages;
    }

    private static bool IsOnLeapDay(SeriesColumns series, int position) =>
        series.Frequency is Frequency.Day or Frequency.Hour && series.PeriodAt(position).Start is { Month: 2, Day: 29 };
}
