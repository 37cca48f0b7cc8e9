using System.Threading.Channels;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The series of which this process took something in, until they are looked at. May be used by many threads.</summary>
/// <param name="most">More come with a history that is loaded: those are left to who looks at everything.</param>
public sealed class TouchedSeries(int most = 5_000)
{
    private readonly Lock gate = new();
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private Dictionary<SeriesKey, Period?> waiting = [];

    /// <summary>Made-up figures are not looked at.</summary>
    public void Add(string source, IReadOnlyCollection<SeriesKey> series) =>
        Add(source, series.Select(key => (key, (Period?)null)), series.Count);

    /// <summary>The same of what is new from a period on.</summary>
    public void Add(string source, IReadOnlyDictionary<SeriesKey, Period> since) =>
        Add(source, since.Select(one => (one.Key, (Period?)one.Value)), since.Count);

    /// <summary>Whatever their source.</summary>
    public void Add(IReadOnlyCollection<SeriesKey> series) => Add(series.Select(key => (key, (Period?)null)), series.Count);

    /// <summary>Once more.</summary>
    public void AddAgain(IReadOnlyDictionary<SeriesKey, Period?> taken) =>
        Add(taken.Select(one => (one.Key, one.Value)), taken.Count);

    /// <summary>All that wait; they are forgotten.</summary>
    public IReadOnlyCollection<SeriesKey> Take() => [.. TakeSince().Keys];

    /// <summary>The same, each with the first period of which something is new; null where that may be any.</summary>
    public IReadOnlyDictionary<SeriesKey, Period?> TakeSince()
    {
        lock (gate)
        {
            var taken = waiting;
            waiting = [];
            return taken;
        }
    }

    /// <summary>Until some have come since it last returned.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await bell.Reader.ReadAsync(cancellationToken);

    private void Add(string source, IEnumerable<(SeriesKey Series, Period? Since)> series, int count)
    {
        if (source != DemoSource.Name)
            Add(series, count);
    }

    private void Add(IEnumerable<(SeriesKey Series, Period? Since)> series, int count)
    {
        lock (gate)
        {
            if (waiting.Count + count > most)
                return;
            foreach (var (key, since) in series)
                waiting[key] = waiting.TryGetValue(key, out var before) ? Earlier(before, since) : since;
        }
        bell.Writer.TryWrite(true);
    }

    private static Period? Earlier(Period? one, Period? other)
    {
        if (one is null || other is null)
            return null;
        return one <= other ? one : other;
    }
}
