using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>The series that a report brings something new of, each with the first such period; mostly the rows of a series follow each other.</summary>
internal sealed class TouchedPeriods
{
    private readonly Dictionary<SeriesKey, Period> first = [];
    private SeriesKey? last;
    private Period ofLast;

    public IReadOnlyDictionary<SeriesKey, Period> First => first;

    public void Add(SeriesKey series, Period period)
    {
        if (series == last && period >= ofLast)
            return;
        ofLast = first.TryGetValue(series, out var known) && known <= period ? known : period;
        first[series] = ofLast;
        last = series;
    }
}
