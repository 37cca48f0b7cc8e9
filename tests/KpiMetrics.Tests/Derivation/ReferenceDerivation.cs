using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Derivation;

/// <summary>pop, yoy, ytd and ytd_yoy as one would explain them: figure by figure, by looking periods up; slow, and nothing shared with the columns.</summary>
internal sealed class ReferenceDerivation(Measure measure, WindowForms forms, IReadOnlyList<Figure> figures)
{
    private readonly Dictionary<Period, Figure> known = figures
        .Where(figure => figure.Current.Value.Number is not null)
        .ToDictionary(figure => figure.Period);

    public (decimal?, Absence) Pop(Period period) => Compare(period, period.Previous, Amount, IsAmountIncomplete);

    public (decimal?, Absence) Yoy(Period period) => Compare(period, period.YearEarlier, Amount, IsAmountIncomplete);

    public (decimal?, Absence, int Have, int Need) Ytd(Period period)
    {
        if (measure.Kind == MeasureKind.Stock || measure.Kind == MeasureKind.Ratio && measure.OverTime != OverTime.Mean)
            return (null, Absence.DoesNotAddUp, 1, 1);
        if (measure.Kind == MeasureKind.Cumulative)
            return (ValueOf(period), Absence.None, IsIncomplete(period) ? period.Number - 1 : period.Number, period.Number);
        var soFar = YearUpTo(period).ToList();
        var have = soFar.Count(part => !IsIncomplete(part));
        if (soFar.Find(part => !forms.AreAlike(part.Index, soFar[0].Index)) is { Index: > 0 } other)
        {
            // Who overflows before the windows change, has too many digits for the rest of the year.
            var before = Total([.. soFar.TakeWhile(part => part < other)]);
            return (null, before is null ? Absence.TooLarge : Absence.WindowsDiffer, have, period.Number);
        }
        return Total(soFar) is { } total
            ? (total, Absence.None, have, period.Number)
            : (null, Absence.TooLarge, have, period.Number);
    }

    public (decimal?, Absence) YtdYoy(Period period)
    {
        var (_, absence, _, _) = Ytd(period);
        if (absence != Absence.None)
            return (null, absence);
        if (period.YearEarlier is not { } before)
            return (null, Absence.NoCounterpart);
        if (!known.ContainsKey(before))
            return (null, WhyMissing(before));
        if (period.Frequency == Frequency.Hour && IsLeapDay(period) || !SamePeriods(period, before))
            return (null, Absence.PeriodsDiffer);
        return Ytd(before) is (_, not Absence.None and var why, _, _)
            ? (null, why)
            : Compare(period, before, TotalOf, LacksAPart);
    }

    private (decimal?, Absence) Compare(
        Period period,
        Period? counterpart,
        Func<Period, (decimal?, Absence)> of,
        Func<Period, bool> isIncomplete
    )
    {
        if (of(period) is (_, not Absence.None and var why))
            return (null, why);
        if (counterpart is not { } other)
            return (null, Absence.NoCounterpart);
        if (of(other) is (_, not Absence.None and var whyNot))
            return (null, whyNot);
        if (!forms.AreAlike(period.Index, other.Index))
            return (null, Absence.WindowsDiffer);
        if (isIncomplete(period) || isIncomplete(other))
            return (null, Absence.Incomplete);
        var (value, before) = (of(period).Item1.GetValueOrDefault(), of(other).Item1.GetValueOrDefault());
        if (!measure.InPoints && before == 0m)
            return (null, Absence.BaseIsZero);
        try
        {
            return (measure.InPoints ? value - before : (value - before) / Math.Abs(before) * 100m, Absence.None);
        }
        catch (OverflowException)
        {
            return (null, Absence.TooLarge);
        }
    }

    // The amount behind a running total, the figure itself otherwise.
    private (decimal?, Absence) Amount(Period period)
    {
        if (!known.ContainsKey(period))
            return (null, WhyMissing(period));
        if (measure.Kind != MeasureKind.Cumulative || period.Number == 1)
            return (ValueOf(period), Absence.None);
        if (period.Previous is not { } before || !known.ContainsKey(before))
            return (null, period.Previous is { } gone ? WhyMissing(gone) : Absence.NoFigure);
        if (!forms.AreAlike(period.Index, before.Index))
            return (null, Absence.WindowsDiffer);
        try
        {
            return (ValueOf(period) - ValueOf(before), Absence.None);
        }
        catch (OverflowException)
        {
            return (null, Absence.TooLarge);
        }
    }

    private bool IsAmountIncomplete(Period period) =>
        IsIncomplete(period)
        || measure.Kind == MeasureKind.Cumulative && period.Number > 1 && period.Previous is { } before && IsIncomplete(before);

    private (decimal?, Absence) TotalOf(Period period) => Ytd(period) is var (total, absence, _, _) ? (total, absence) : default;

    private bool LacksAPart(Period period) =>
        measure.Kind == MeasureKind.Cumulative ? IsIncomplete(period) : YearUpTo(period).Any(IsIncomplete);

    // Every period so far has a figure in both years or in neither; a leap day has no like.
    private bool SamePeriods(Period period, Period before) =>
        measure.Kind == MeasureKind.Cumulative
        || YearUpTo(period)
            .Where(part => !IsLeapDay(part))
            .Select(part => part.YearEarlier)
            .SequenceEqual(YearUpTo(before).Where(part => !IsLeapDay(part)).Cast<Period?>());

    private IEnumerable<Period> YearUpTo(Period period) =>
        known.Keys.Where(other => other.Year == period.Year && other <= period).Order();

    private decimal? Total(List<Period> parts)
    {
        try
        {
            var sum = parts.Aggregate(0m, (total, part) => total + ValueOf(part));
            return measure.Kind == MeasureKind.Flow ? sum : sum / parts.Count;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private Absence WhyMissing(Period period) =>
        figures.FirstOrDefault(figure => figure.Period == period)?.Computed?.Result.Absence ?? Absence.NoFigure;

    private bool IsIncomplete(Period period) => known[period].Computed is { IsComplete: false };

    private decimal ValueOf(Period period) => known[period].Current.Value.Number.GetValueOrDefault();

    private static bool IsLeapDay(Period period) =>
        period.Frequency is Frequency.Day or Frequency.Hour && period.Start is { Month: 2, Day: 29 };
}
