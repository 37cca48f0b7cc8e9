namespace KpiMetrics.Core.Derivation;

/// <summary>Finds the counterpart of each figure of a series in one pass, without the calendar where periods are counted evenly.</summary>
internal struct CounterpartWalk
{
    private readonly SeriesColumns series;
    private readonly Counterpart counterpart;
    private readonly int lag;
    private int at;

    public CounterpartWalk(SeriesColumns series, Counterpart counterpart)
    {
        this.series = series;
        this.counterpart = counterpart;
        lag = Counterparts.Lag(counterpart, series.Frequency);
    }

    /// <summary>Where the counterpart of the figure stands; otherwise negative, and <paramref name="absence"/> says why.</summary>
    /// <param name="position">Not before that of the last call.</param>
    /// <param name="absence">None where there is one.</param>
    public int PositionFor(int position, out Absence absence)
    {
        absence = Absence.None;
        if (lag == 0)
            return ByCalendar(position, out absence);
        var indexes = series.Indexes;
        var wanted = indexes[position] - lag;
        // Both the figures and their counterparts ascend; a gap is stepped over, not counted.
        while (indexes[at] < wanted)
            at++;
        if (indexes[at] == wanted)
            return at;
        absence = wanted < 0 ? Absence.NoCounterpart : Absence.NoFigure;
        return -1;
    }

    private readonly int ByCalendar(int position, out Absence absence)
    {
        absence = Absence.NoCounterpart;
        if (Counterparts.Of(counterpart, series.PeriodAt(position)) is not { } other)
            return -1;
        var found = series.PositionOf(other);
        absence = found < 0 ? Absence.NoFigure : Absence.None;
        return found;
    }
}
