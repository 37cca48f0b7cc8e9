using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Benchmarks.Correct;

/// <summary>Takes every point and keeps none.</summary>
internal sealed class CountingWriter : IPointWriter
{
    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<RefusedLine>> DeleteAsync(
        IReadOnlyList<PointAddress> points,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<RefusedLine>>([]);

    public Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
        IReadOnlyList<PointTags> series,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<RefusedLine>>([]);

    public Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RefusedLine>>([]);
}
