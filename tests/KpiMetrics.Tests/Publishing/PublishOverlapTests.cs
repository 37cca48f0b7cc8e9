using System.Collections.Concurrent;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Publishing;

/// <summary>Rounds are sent two at a time; what may not be under way together is not.</summary>
public sealed class PublishOverlapTests
{
    private const int Days = 6000;

    private static readonly Period First = Period.Parse("1990-01-01");

    private readonly Situation publishing = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>With the last point of a series InfluxDB forgets the series, which must not meet its first new one.</summary>
    [Fact]
    public async Task Run_PointsOfASeriesDeletedAndOthersWritten_OneAfterTheOther()
    {
        ReportDays(0, 2 * Days, 1m);
        await publishing.RunAsync();

        ReportDays(0, Days, 2m);
        ReportDays(Days, Days, null);
        var writer = new SlowWriter(publishing.Store);
        await new PublishStage(publishing.Ledger, publishing.Ledger, writer, publishing.Catalog, Given.Zone).RunAloneAsync(
            publishing.Ledger,
            Given.Noon,
            Token
        );

        Assert.True(publishing.Store.Deletions > 1, "only deletions on the way can meet something");
        Assert.Empty(writer.Met);
        Assert.Equal(publishing.FromScratch(), publishing.Stored());
    }

    private void ReportDays(int from, int count, decimal? by)
    {
        for (var n = from; n < from + count; n++)
            publishing.Report(First.Shift(n).ToString(), n * by, "T-A01.02");
    }

    private sealed class SlowWriter(MemoryStore store) : IPointWriter
    {
        private readonly ConcurrentDictionary<string, bool> busy = new(StringComparer.Ordinal);

        /// <summary>Series that one request was about while another deleted points of them.</summary>
        public ConcurrentBag<string> Met { get; } = [];

        public Task PrepareAsync(CancellationToken cancellationToken) => store.PrepareAsync(cancellationToken);

        public Task<IReadOnlyList<RefusedLine>> DeleteAsync(
            IReadOnlyList<PointAddress> points,
            CancellationToken cancellationToken
        ) => AloneAsync(points, () => store.DeleteAsync(points, cancellationToken), cancellationToken);

        public Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
            IReadOnlyList<PointTags> series,
            CancellationToken cancellationToken
        ) => store.DeleteSeriesAsync(series, cancellationToken);

        public Task<IReadOnlyList<PointFields>?> LookAsync(
            IReadOnlyList<PointAddress> points,
            CancellationToken cancellationToken
        ) => store.LookAsync(points, cancellationToken);

        public Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken) =>
            AloneAsync(
                points.Select(point => point.Address),
                () => store.WriteAsync(points, cancellationToken),
                cancellationToken
            );

        private async Task<IReadOnlyList<RefusedLine>> AloneAsync(
            IEnumerable<PointAddress> points,
            Func<Task<IReadOnlyList<RefusedLine>>> request,
            CancellationToken cancellationToken
        )
        {
            var series = points.Select(point => string.Join(',', point.Tags.All)).Distinct(StringComparer.Ordinal).ToList();
            foreach (var one in series.Where(one => !busy.TryAdd(one, value: true)))
                Met.Add(one);
            await Task.Delay(200, cancellationToken);
            foreach (var one in series)
                busy.TryRemove(one, out _);
            return await request();
        }
    }
}
