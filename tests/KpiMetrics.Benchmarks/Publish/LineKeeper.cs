using System.Buffers;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Benchmarks.Publish;

/// <summary>Takes every point and keeps its line, for a sender that has nothing to do but to send.</summary>
internal sealed class LineKeeper(int batchSize) : IPointWriter
{
    private readonly Lock gate = new();

    /// <summary>Lines, as many to a piece as go into one request.</summary>
    public List<byte[]> Batches { get; } = [];

    public int Points { get; private set; }

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<RefusedLine>> DeleteAsync(
        IReadOnlyList<PointAddress> points,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<RefusedLine>>([]);

    public Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
        IReadOnlyList<PointTags> series,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<RefusedLine>>([]);

    public Task<IReadOnlyList<PointFields>?> LookAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PointFields>?>(null);

    public Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken)
    {
        using var alone = gate.EnterScope();
        foreach (var some in points.Chunk(batchSize))
        {
            var lines = new ArrayBufferWriter<byte>();
            foreach (var point in some)
                LineProtocol.Append(lines, point);
            Batches.Add(lines.WrittenSpan.ToArray());
            Points += some.Length;
        }
        return Task.FromResult<IReadOnlyList<RefusedLine>>([]);
    }
}
