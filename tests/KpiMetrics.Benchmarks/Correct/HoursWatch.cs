using System.Collections.Concurrent;
using System.Diagnostics;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Benchmarks.Correct;

/// <summary>A store that knows when points of hours arrived in another one.</summary>
internal sealed class HoursWatch(IPointWriter writer) : IPointWriter
{
    private readonly ConcurrentQueue<long> arrived = [];

    /// <summary>Milliseconds from an instant of <see cref="Stopwatch"/> until the first of them, and the last, arrived; null where none did.</summary>
    public (double? First, double? Last) Since(long started)
    {
        var since = arrived
            .Where(at => at > started)
            .Select(at => Stopwatch.GetElapsedTime(started, at).TotalMilliseconds)
            .ToList();
        return since.Count > 0 ? (since[0], since[^1]) : (null, null);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => writer.PrepareAsync(cancellationToken);

    public Task<IReadOnlyList<RefusedLine>> DeleteAsync(
        IReadOnlyList<PointAddress> points,
        CancellationToken cancellationToken
    ) => writer.DeleteAsync(points, cancellationToken);

    public Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
        IReadOnlyList<PointTags> series,
        CancellationToken cancellationToken
    ) => writer.DeleteSeriesAsync(series, cancellationToken);

    public Task<IReadOnlyList<PointFields>?> LookAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken) =>
        writer.LookAsync(points, cancellationToken);

    public async Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken)
    {
        var refused = await writer.WriteAsync(points, cancellationToken);
        if (points.Any(point => point.Address.Tags.All.Contains(new(InfluxNames.Freq, Frequency.Hour.Code()))))
            arrived.Enqueue(Stopwatch.GetTimestamp());
        return refused;
    }
}
