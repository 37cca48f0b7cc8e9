using System.Threading.Channels;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The series of which this process took something in, until they are looked at. May be used by many threads.</summary>
/// <param name="most">More come with a history that is loaded: those are left to who looks at everything.</param>
public sealed class TouchedSeries(int most = 5_000)
{
    private readonly Lock gate = new();
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private HashSet<SeriesKey> waiting = [];

    /// <summary>Made-up figures are not looked at.</summary>
    public void Add(string source, IReadOnlyCollection<SeriesKey> series)
    {
        if (source != DemoSource.Name)
            Add(series);
    }

    /// <summary>Once more, or for the first time.</summary>
    public void Add(IReadOnlyCollection<SeriesKey> series)
    {
        lock (gate)
        {
            if (waiting.Count + series.Count > most)
                return;
            waiting.UnionWith(series);
        }
        bell.Writer.TryWrite(true);
    }

    /// <summary>All that wait; they are forgotten.</summary>
    public IReadOnlyCollection<SeriesKey> Take()
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
}
