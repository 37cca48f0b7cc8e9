using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Publishing;

/// <summary>The part of a ledger that publishing uses, in memory.</summary>
internal sealed class MemoryLedger(StepFaults faults) : ILedger, IOutbox
{
    private readonly List<SeriesKey> series = [];
    private readonly Dictionary<int, SortedDictionary<Period, List<Statement>>> statements = [];
    private readonly Dictionary<(int, Period), long> marks = [];
    private long lastMark;
    private long fence;
    private RebuildMark? rebuild;

    /// <summary>What InfluxDB may hold, in bits.</summary>
    public Dictionary<(int SeriesId, Period Period), int> Published { get; } = [];

    public Dictionary<(int SeriesId, Period Period), string> Refused { get; } = [];

    /// <summary>The stretches that were read.</summary>
    public List<(Period From, Period To)> Reads { get; } = [];

    /// <summary>How often a snapshot was opened: once for each piece that is published at once.</summary>
    public int Snapshots { get; private set; }

    public int Waiting => marks.Count;

    public IReadOnlyList<SeriesKey> Series => series;

    /// <summary>One more statement; no number and no text withdraws the figure.</summary>
    public void Report(SeriesKey key, Period period, FigureValue value)
    {
        var id = NumberOf(key);
        if (!statements[id].TryGetValue(period, out var all))
            statements[id][period] = all = [];
        lastMark++;
        all.Add(new("inbox", Given.Noon.AddSeconds(lastMark), value, ObsStatus.Normal, Vintage.Official, null));
        marks[(id, period)] = lastMark;
    }

    public SeriesStatements All(int seriesId) =>
        new(
            seriesId,
            series[seriesId],
            statements[seriesId].Select(entry => new PeriodStatements(entry.Key, entry.Value)).ToList()
        );

    public Task<ILedgerSnapshot> OpenSnapshotAsync(DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        faults.Run(() => Snapshots++);
        return Task.FromResult<ILedgerSnapshot>(new MemorySnapshot(this, Reads));
    }

    public Task<IReadOnlyList<int>> NumberSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken)
    {
        var numbers = new List<int>();
        faults.Run(() => numbers.AddRange(series.Select(NumberOf)));
        return Task.FromResult<IReadOnlyList<int>>(numbers);
    }

    public Task<IReadOnlyList<ChangedKey>> NextChangesAsync(int limit, CancellationToken cancellationToken)
    {
        faults.Run(() => { });
        return Task.FromResult<IReadOnlyList<ChangedKey>>(
            marks
                .Select(mark => new ChangedKey(mark.Key.Item1, series[mark.Key.Item1], mark.Key.Item2, mark.Value))
                .OrderBy(key => key.SeriesId)
                .Take(limit)
                .ToList()
        );
    }

    public Task<IReadOnlyList<PublishedPoint>> ReadPublishedAsync(
        IReadOnlyList<PublishedStretch> stretches,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<PublishedPoint> found = [];
        faults.Run(() =>
            found = [
                .. from stretch in stretches
                from point in Published
                where point.Key.SeriesId == stretch.SeriesId && point.Key.Period >= stretch.From && point.Key.Period <= stretch.To
                select new PublishedPoint(stretch.SeriesId, point.Key.Period, point.Value),
            ]
        );
        return Task.FromResult(found);
    }

    public Task IntendAsync(PublishFlight flight, IReadOnlyList<PublishedPoint> gained, CancellationToken cancellationToken)
    {
        faults.Run(() =>
        {
            foreach (var point in gained)
                Published[(point.SeriesId, point.Period)] =
                    Published.GetValueOrDefault((point.SeriesId, point.Period)) | point.Fields;
        });
        return Task.CompletedTask;
    }

    public Task ConfirmAsync(
        PublishFlight flight,
        IReadOnlyList<PublishedPoint> points,
        IReadOnlyList<ChangedKey> done,
        IReadOnlyList<RefusedPoint> refused,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        faults.Run(() =>
        {
            foreach (var point in flight.Points)
                Refused.Remove((point.SeriesId, point.Period));
            foreach (var point in points)
            {
                if (point.Fields == 0)
                    Published.Remove((point.SeriesId, point.Period));
                else
                    Published[(point.SeriesId, point.Period)] = point.Fields;
            }
            foreach (var key in done.Where(key => marks.GetValueOrDefault((key.SeriesId, key.Period)) == key.Mark))
                marks.Remove((key.SeriesId, key.Period));
            foreach (var point in refused)
                Refused[(point.SeriesId, point.Period)] = point.Reason;
        });
        return Task.CompletedTask;
    }

    public Task<long> MarkAllAsync(string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        rebuild = new(++lastMark, at, statements.Values.Sum(periods => periods.Count), "");
        return Task.FromResult(rebuild.Figures);
    }

    public Task<PublishLease?> TryLeaseAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<PublishLease?>(new(++fence, request.Holder));

    public Task RenewAsync(PublishLease lease, DateTimeOffset until, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> GiveBackAsync(
        PublishLease lease,
        DateTimeOffset again,
        DateTimeOffset rest,
        CancellationToken cancellationToken
    ) => Task.FromResult(true);

    public Task DoubtAsync(
        IReadOnlyList<PublishFlight> flights,
        DateTimeOffset at,
        DateTimeOffset again,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<int> MarkLostFlightsAsync(DateTimeOffset at, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<RebuildMark?> ReadRebuildAsync(CancellationToken cancellationToken) => Task.FromResult(rebuild);

    public Task AdvanceRebuildAsync(PublishLease lease, RebuildMark mark, CancellationToken cancellationToken)
    {
        faults.Run(() => rebuild = mark.Figures > 0 ? mark : null);
        return Task.CompletedTask;
    }

    public Task<long?> MarkWhereComputedOtherwiseAsync(
        string fingerprint,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => throw NotUsed();

    public Task<bool> HasWorkAsync(DateTimeOffset at, CancellationToken cancellationToken) => throw NotUsed();

    public Task<string?> ReadHolderAsync(CancellationToken cancellationToken) => throw NotUsed();

    public Task<IReadOnlyList<int?>> FindSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken) =>
        throw NotUsed();

    public Task MarkAgainAsync(
        IReadOnlyList<PublishedPoint> points,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => throw NotUsed();

    public Task<IReadOnlyList<DeletedPoint>> NextDeletedAsync(
        DateTimeOffset at,
        int limit,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<DeletedPoint>>([]);

    public Task LookedAtAsync(
        PublishLease lease,
        IReadOnlyList<DeletedPoint> points,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => throw NotUsed();

    public Task PutOffLooksAsync(
        PublishLease lease,
        DateTimeOffset at,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) => throw NotUsed();

    public Task<long> MarkRefusedAsync(DateTimeOffset at, CancellationToken cancellationToken) => throw NotUsed();

    public Task<OutboxStatus> ReadStatusAsync(CancellationToken cancellationToken) => throw NotUsed();

    public Task<OutboxWaiting> ReadWaitingAsync(CancellationToken cancellationToken) => throw NotUsed();

    public Task<IReadOnlyList<RefusedPoint>> ReadRefusedAsync(int limit, CancellationToken cancellationToken) => throw NotUsed();

    public Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken) => throw NotUsed();

    public Task<IReportTransaction> BeginAsync(ReportHeader header, CancellationToken cancellationToken) => throw NotUsed();

    public IAsyncEnumerable<SeriesStatements> ReadAsync(FigureQuery query, CancellationToken cancellationToken) =>
        throw NotUsed();

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(int limit, CancellationToken cancellationToken) => throw NotUsed();

    private int NumberOf(SeriesKey key)
    {
        if (!series.Contains(key))
        {
            series.Add(key);
            statements[series.Count - 1] = [];
        }
        return series.IndexOf(key);
    }

    private static NotSupportedException NotUsed() => new("Publishing has no use for this.");
}
