namespace KpiMetrics.Core.Periods;

/// <summary>A set of periods of one frequency, kept as stretches: a year of hours takes no more room than one hour.</summary>
public sealed class PeriodSpans
{
    // Disjoint, not even adjacent, ascending.
    private readonly List<(int First, int Last)> spans = [];

    public PeriodSpans(Frequency frequency) => Frequency = frequency;

    public PeriodSpans(Frequency frequency, IEnumerable<Period> periods)
        : this(frequency)
    {
        foreach (var period in periods)
            Add(period, period);
    }

    /// <summary>The periods from the first to the last.</summary>
    public PeriodSpans(Frequency frequency, Period first, Period last)
        : this(frequency) => Add(first, last);

    public Frequency Frequency { get; }

    public bool IsEmpty => spans.Count == 0;

    /// <summary>The stretches in order: no period lies in two, and between two of them lies at least one that is in none.</summary>
    public IEnumerable<(Period First, Period Last)> Stretches =>
        spans.Select(span => (Period.FromIndex(Frequency, span.First), Period.FromIndex(Frequency, span.Last)));

    /// <summary>All periods, in order.</summary>
    public IEnumerable<Period> Periods =>
        from span in spans
        from index in Enumerable.Range(span.First, span.Last - span.First + 1)
        select Period.FromIndex(Frequency, index);

    public bool Contains(Period period) => At(period.Index) >= 0;

    /// <summary>Adds the periods from the first to the last, none where the last is before the first.</summary>
    /// <returns>The stretches of them that were not there before, in order.</returns>
    /// <exception cref="ArgumentException">They are of another frequency.</exception>
    public IReadOnlyList<(Period First, Period Last)> Add(Period first, Period last)
    {
        if (first.Frequency != Frequency || last.Frequency != Frequency)
            throw new ArgumentException($"{first}..{last} are not all of {Frequency}.", nameof(first));
        if (last < first)
            return [];
        var added = new List<(Period, Period)>();
        var at = At(first.Index - 1);
        at = at < 0 ? ~at : at;
        var (from, to, next) = (first.Index, last.Index, first.Index);
        var end = at;
        for (; end < spans.Count && spans[end].First <= last.Index + 1; end++)
        {
            var span = spans[end];
            if (next < span.First && next <= last.Index)
                added.Add(Stretch(next, Math.Min(span.First - 1, last.Index)));
            (from, to, next) = (Math.Min(from, span.First), Math.Max(to, span.Last), Math.Max(next, span.Last + 1));
        }
        if (next <= last.Index)
            added.Add(Stretch(next, last.Index));
        if (added.Count == 0)
            return added;
        spans.RemoveRange(at, end - at);
        spans.Insert(at, (from, to));
        return added;
    }

    /// <summary>The stretches that are left when some periods are taken out.</summary>
    /// <param name="taken">In order.</param>
    public PeriodSpans Without(IEnumerable<Period> taken)
    {
        var left = new PeriodSpans(Frequency);
        var at = 0;
        var next = spans.Count > 0 ? spans[0].First : 0;
        foreach (var period in taken)
        {
            while (at < spans.Count && spans[at].Last < period.Index)
                Close();
            if (at == spans.Count)
                break;
            if (period.Index < next)
                continue;
            if (next < period.Index)
                left.spans.Add((next, period.Index - 1));
            next = period.Index + 1;
        }
        while (at < spans.Count)
            Close();
        return left;

        void Close()
        {
            if (next <= spans[at].Last)
                left.spans.Add((next, spans[at].Last));
            at++;
            next = at < spans.Count ? spans[at].First : 0;
        }
    }

    // Where the stretch with the index stands; otherwise the complement of where the first after it does.
    private int At(int index)
    {
        var (low, high) = (0, spans.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (spans[middle].Last < index)
                low = middle + 1;
            else if (spans[middle].First > index)
                high = middle - 1;
            else
                return middle;
        }
        return ~low;
    }

    private (Period, Period) Stretch(int first, int last) =>
        (Period.FromIndex(Frequency, first), Period.FromIndex(Frequency, last));
}
