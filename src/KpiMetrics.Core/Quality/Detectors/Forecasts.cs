namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>What each <see cref="Predictor"/> says of a place, from what is known up to another place and nothing after it.</summary>
/// <param name="axis">Where the places lie in the calendar.</param>
/// <param name="values">The scaled figures; not a number where there is none.</param>
/// <param name="movesWithTet">January and February are held against years alike only.</param>
internal readonly ref struct Forecasts(Axis axis, ReadOnlySpan<double> values, bool movesWithTet)
{
    public const int Predictors = 4;

    private const int LevelPeriods = 12;
    private const int Steps = 12;
    private const int RecentPairs = 3;
    private const int SteadyPairs = 12;
    private const int Years = 4;

    private readonly Axis axis = axis;
    private readonly ReadOnlySpan<double> values = values;

    /// <summary>Not a number where the predictor has too little to go by.</summary>
    /// <param name="place">The place foretold, which may follow the last.</param>
    /// <param name="known">Only places before this one are looked at.</param>
    public double Of(Predictor predictor, int place, int known) => Of(predictor, place, known, out _);

    /// <param name="wide">How uncertain the forecast is beside others of the predictor: that of one earlier year more than that of four.</param>
    public double Of(Predictor predictor, int place, int known, out double wide)
    {
        wide = 1;
        return predictor switch
        {
            Predictor.Level => Level(known),
            Predictor.Last => Last(place, known),
            Predictor.SeasonRecent => Seasonal(place, known, RecentPairs, out wide),
            _ => Seasonal(place, known, SteadyPairs, out wide),
        };
    }

    /// <summary>True where no earlier year had its Tết days as the place's year does.</summary>
    public bool HasTetMoved(int place)
    {
        if (!movesWithTet || !axis.IsTetMonth(place))
            return false;
        for (var year = 1; year <= Years && place - year * axis.Season >= 0; year++)
        {
            if (IsComparable(place, year) && !double.IsNaN(values[place - year * axis.Season]))
                return false;
        }
        return true;
    }

    /// <summary>The same season so many years before, with the growth since as far as it is known; not a number where there is none.</summary>
    public double Same(int place, int year)
    {
        var same = place - year * axis.Season;
        if (axis.Season < 2 || same < 0)
            return double.NaN;
        var growth = Growth(place, year * axis.Season, Math.Min(RecentPairs, axis.Season));
        return values[same] + (double.IsNaN(growth) ? 0 : growth);
    }

    private double Level(int known)
    {
        Span<double> recent = stackalloc double[LevelPeriods];
        var count = 0;
        for (var at = known - 1; at >= 0 && count < recent.Length; at--)
        {
            if (!double.IsNaN(values[at]))
                recent[count++] = values[at];
        }
        return count < 3 ? double.NaN : Medians.Of(recent[..count]);
    }

    // The median of the last three stands where the middle one does; from there the usual step leads on.
    private double Last(int place, int known)
    {
        Span<double> last = stackalloc double[3];
        Span<double> steps = stackalloc double[Steps];
        var (count, stepped, places) = (0, 0, 0);
        var next = -1;
        for (var at = known - 1; at >= 0 && stepped < steps.Length; at--)
        {
            if (double.IsNaN(values[at]))
                continue;
            if (next >= 0)
                steps[stepped++] = (values[next] - values[at]) / (next - at);
            if (count < last.Length)
            {
                last[count++] = values[at];
                places += at;
            }
            next = at;
        }
        if (count < 3)
            return double.NaN;
        var step = stepped < 4 ? 0 : Medians.Of(steps[..stepped]);
        return Medians.Of(last) + step * (place - places / 3.0);
    }

    private double Seasonal(int place, int known, int pairs, out double wide)
    {
        wide = 1;
        var season = axis.Season;
        if (season < 2)
            return double.NaN;
        Span<double> years = stackalloc double[Years];
        var count = Alike(place, known, Math.Min(pairs, season), onlyComparable: true, years);
        if (count == 0 && movesWithTet)
            count = Alike(place, known, Math.Min(pairs, season), onlyComparable: false, years);
        if (count == 0)
            return double.NaN;
        // The figure's own noise and that of the mean of so many years.
        wide = Math.Sqrt(1 + 1.0 / count);
        return Medians.Of(years[..count]);
    }

    private int Alike(int place, int known, int pairs, bool onlyComparable, Span<double> years)
    {
        var count = 0;
        for (var year = 1; year <= Years; year++)
        {
            var same = place - year * axis.Season;
            if (same < 0)
                break;
            if (same >= known || double.IsNaN(values[same]) || onlyComparable && !IsComparable(place, year))
                continue;
            var growth = Growth(known, year * axis.Season, pairs);
            if (!double.IsNaN(growth))
                years[count++] = values[same] + growth;
        }
        return count;
    }

    // How the last periods compare with those so many places before them.
    private double Growth(int known, int lag, int pairs)
    {
        Span<double> changes = stackalloc double[SteadyPairs];
        var count = 0;
        for (var at = known - 1; at >= lag && at >= known - 2 * pairs - 1 && count < pairs; at--)
        {
            var change = values[at] - values[at - lag];
            if (!double.IsNaN(change))
                changes[count++] = change;
        }
        return count < Math.Min(pairs, 3) ? double.NaN : Medians.Of(changes[..count]);
    }

    private bool IsComparable(int place, int year) =>
        !movesWithTet || !axis.IsTetMonth(place) || Tet.AreAlike(axis.YearOf(place), axis.YearOf(place - year * axis.Season));
}
