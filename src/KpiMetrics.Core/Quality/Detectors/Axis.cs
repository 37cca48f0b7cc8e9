using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The periods before the tested one, without gaps: where there is no figure stands what is not a number.</summary>
internal readonly ref struct Axis
{
    /// <summary>Older periods are not looked at.</summary>
    public const int Most = 128;

    private Axis(Frequency frequency, int first, Span<double> raw)
    {
        Frequency = frequency;
        First = first;
        Raw = raw;
    }

    public Frequency Frequency { get; }

    /// <summary>The index of the period at place 0.</summary>
    public int First { get; }

    /// <summary>As reported; the tested period follows the last.</summary>
    public Span<double> Raw { get; }

    /// <summary>Periods until the same season comes again; 0: none does.</summary>
    public int Season =>
        Frequency switch
        {
            Frequency.Hour => 24,
            Frequency.Day => 7,
            Frequency.Week => 52,
            Frequency.Month => 12,
            Frequency.Quarter => 4,
            Frequency.HalfYear => 2,
            _ => 0,
        };

    /// <param name="room">At least <see cref="Most"/> places.</param>
    public static Axis Of(Period tested, IReadOnlyList<HistoryPoint> earlier, Span<double> room)
    {
        var first = tested.Index;
        for (var at = 0; at < earlier.Count; at++)
        {
            var period = earlier[at].Period;
            if (period.Frequency == tested.Frequency && period.Index < first)
                first = period.Index;
        }
        first = Math.Max(first, tested.Index - Most);
        var raw = room[..(tested.Index - first)];
        raw.Fill(double.NaN);
        for (var at = 0; at < earlier.Count; at++)
        {
            var (period, value) = earlier[at];
            if (period.Frequency == tested.Frequency && period.Index >= first && period.Index < tested.Index)
                raw[period.Index - first] = (double)value;
        }
        return new(tested.Frequency, first, raw);
    }

    public int Count(int from = 0)
    {
        var count = 0;
        foreach (var value in Raw[from..])
            count += double.IsNaN(value) ? 0 : 1;
        return count;
    }

    public bool IsFirstOfYear(int place) => place == 0 || YearOf(place) != YearOf(place - 1);

    /// <summary>The calendar year of a place; of a week that of its first day.</summary>
    public int YearOf(int place) =>
        Frequency switch
        {
            Frequency.Month => Period.FirstYear + (First + place) / 12,
            Frequency.Quarter => Period.FirstYear + (First + place) / 4,
            Frequency.HalfYear => Period.FirstYear + (First + place) / 2,
            Frequency.Year => Period.FirstYear + First + place,
            _ => Period.FromIndex(Frequency, First + place).Year,
        };

    /// <summary>True for the months that Tết moves between.</summary>
    public bool IsTetMonth(int place) => Frequency == Frequency.Month && (First + place) % 12 < 2;

    /// <summary>Takes out what events cover, and all before one that breaks the series.</summary>
    public void Without(IReadOnlyList<KnownEvent> events, Period tested, Span<double> values)
    {
        for (var at = 0; at < events.Count; at++)
        {
            var known = events[at];
            if (known.First.Frequency != Frequency)
                continue;
            if (known.Breaks && known.First.Index <= tested.Index)
                values[..Math.Clamp(known.First.Index - First, 0, values.Length)].Fill(double.NaN);
            var (from, to) = (known.First.Index - First, known.Last.Index - First + 1);
            // A break is one only for what lies before it: the new series begins with it.
            if (!known.Breaks && from < values.Length && to > 0)
                values[Math.Max(from, 0)..Math.Min(to, values.Length)].Fill(double.NaN);
        }
        if (Frequency > Frequency.Week)
            return;
        for (var place = 0; place < values.Length; place++)
        {
            if (Tet.Touches(Period.FromIndex(Frequency, First + place)))
                values[place] = double.NaN;
        }
    }

    /// <summary>From running totals to what each period adds; nothing where the total before is not known.</summary>
    public void Decumulate(Span<double> flows)
    {
        for (var place = Raw.Length - 1; place >= 0; place--)
            flows[place] = Raw[place] - Before(place);
    }

    /// <summary>The running total that the place's adds to: 0 at the start of a year.</summary>
    public double Before(int place)
    {
        if (IsFirstOfYear(place) && (place > 0 || IsYearStart()))
            return 0;
        return place > 0 ? Raw[place - 1] : double.NaN;
    }

    private bool IsYearStart() => Period.FromIndex(Frequency, First).Number == 1;
}
