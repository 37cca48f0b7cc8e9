namespace KpiMetrics.Core.Periods;

/// <summary>Moving from one period to another, and which period lies within which.</summary>
public readonly partial record struct Period
{
    /// <summary>The period so many periods later (earlier when negative); null beyond the years 1900..2199.</summary>
    public Period? TryShift(int count)
    {
        var index = (long)Index + count;
        return index >= 0 && index <= LastIndex(Frequency) ? new Period(Frequency, (int)index) : null;
    }

    /// <summary>The period so many periods later (earlier when negative).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside the years 1900..2199.</exception>
    public Period Shift(int count) =>
        TryShift(count)
        ?? throw new ArgumentOutOfRangeException(
            nameof(count),
            count,
            $"{this} shifted by {count} leaves the range. {YearRange}"
        );

    public Period? Previous => TryShift(-1);

    public Period? Next => TryShift(1);

    /// <summary>The first period of the same frequency in the same year (the first week of the ISO week-year).</summary>
    public Period FirstOfYear => new(Frequency, FirstIndexOf(Frequency, Year));

    /// <summary>The last period of the same frequency in the same year.</summary>
    public Period LastOfYear => new(Frequency, FirstIndexOf(Frequency, Year) + CountIn(Frequency, Year) - 1);

    /// <summary>
    /// The period that "cùng kỳ năm trước" means: the same date and hour, week number, month, ... a year before. 29 February
    /// compares with 28 February. Null for week 53, which the year before never has, and for the year 1900.
    /// </summary>
    public Period? YearEarlier
    {
        get
        {
            if (Year == FirstYear || Frequency == Frequency.Week && Number == 53)
                return null;
            return Frequency switch
            {
                Frequency.Hour or Frequency.Day => new Period(Frequency, IndexAt(Frequency, Start.AddYears(-1))),
                Frequency.Week => Of(Frequency.Week, Year - 1, Number),
                _ => new Period(Frequency, Index - PerYear(Frequency)),
            };
        }
    }

    /// <summary>The periods whose <see cref="YearEarlier"/> is this one: one, none, or both 28 and 29 February.</summary>
    public IEnumerable<Period> YearLater
    {
        get
        {
            if (Year == LastYear || Frequency == Frequency.Week && Number > CountIn(Frequency.Week, Year + 1))
                yield break;
            if (Frequency is not (Frequency.Hour or Frequency.Day))
            {
                if (!(Frequency == Frequency.Week && Number == 53))
                    yield return Of(Frequency, Year + 1, Number);
                yield break;
            }
            if (Start is not { Month: 2, Day: 29 })
                yield return new Period(Frequency, IndexAt(Frequency, Start.AddYears(1)));
            if (Start is { Month: 2, Day: 28 } && DateTime.IsLeapYear(Year + 1))
                yield return new Period(Frequency, IndexAt(Frequency, Start.AddYears(1).AddDays(1)));
        }
    }

    /// <summary>
    /// The coarser period that holds this one whole: hour in day, day in week and month, month in quarter, half and year.
    /// Null where there is none: a week may straddle months and years, and nothing lies within a finer period.
    /// </summary>
    public Period? Within(Frequency coarser)
    {
        if (coarser == Frequency)
            return this;
        if (coarser < Frequency || Frequency == Frequency.Week)
            return null;
        var index = IndexAt(coarser, Start);
        return index >= 0 && index <= LastIndex(coarser) ? new Period(coarser, index) : null;
    }

    /// <summary>True when every moment of <paramref name="other"/> lies in this period; a period contains itself.</summary>
    public bool Contains(Period other) => other.Within(Frequency) == this;

    /// <summary>The finer periods this one is made of, in order; empty where they do not fit (weeks in a month).</summary>
    public IEnumerable<Period> Parts(Frequency finer)
    {
        if (finer == Frequency)
            return [this];
        if (finer > Frequency || finer == Frequency.Week)
            return [];
        return Range(finer, Math.Max(IndexAt(finer, Start), 0), Math.Min(IndexAt(finer, End.AddTicks(-1)), LastIndex(finer)));
    }

    private static IEnumerable<Period> Range(Frequency frequency, int first, int last)
    {
        for (var index = first; index <= last; index++)
            yield return new Period(frequency, index);
    }
}
