using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Publishing;

/// <summary>A store that brings back what was deleted: the stage on a real ledger.</summary>
public sealed class LaterLookTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    private readonly TempFolder folder = new();
    private readonly MemoryStore store = new(new StepFaults());
    private int reports;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The turn goes by the machine's clock.
    private static DateTimeOffset Later => TimeProvider.System.GetUtcNow() + PublishGate.Term + DeletionLooks.First;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_WithdrawnPointCameBack_IsDeletedAgain()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        await ReportAsync(ledger, "2026-01", 1m);
        await ReportAsync(ledger, "2026-02", 2m);
        await PublishAsync(ledger, At);
        var before = Kept();
        await ReportAsync(ledger, "2026-02", null);
        await PublishAsync(ledger, At);
        var right = MemoryStore.Print(store.Points);
        var gone = Assert.Single(before.Keys, name => !store.Points.ContainsKey(name));

        store.Points[gone] = before[gone];
        Assert.Equal(0, (await PublishAsync(ledger, At)).Deleted); // not yet
        var result = await PublishAsync(ledger, Later);

        Assert.Equal(right, MemoryStore.Print(store.Points));
        Assert.Equal(1, result.Deleted);
        Assert.Equal(0, (await ((IOutbox)ledger).ReadStatusAsync(Token)).Waiting);
        Assert.Contains(await ledger.ReadAuditAsync(10, Token), entry => entry.Actor == "deleted and back");
    }

    [Fact]
    public async Task Run_FieldOfANeighbourCameBack_IsTakenAwayAndTheOthersStay()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        await ReportAsync(ledger, "2026-01", 1m);
        await ReportAsync(ledger, "2026-02", 2m);
        await PublishAsync(ledger, At);
        await ReportAsync(ledger, "2026-01", null);
        await PublishAsync(ledger, At);
        var right = MemoryStore.Print(store.Points);
        var (name, fields) = Assert.Single(store.Points, point => point.Key.Contains("freq=M", StringComparison.Ordinal));
        Assert.False(fields.ContainsKey(InfluxNames.Pop));

        store.Points[name] = new(fields, StringComparer.Ordinal) { [InfluxNames.Pop] = 100m };
        await PublishAsync(ledger, Later);

        Assert.Equal(right, MemoryStore.Print(store.Points));
    }

    [Fact]
    public async Task Run_NothingCameBackOrItWasReportedAnew_WritesNothing()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        await ReportAsync(ledger, "2026-01", 1m);
        await ReportAsync(ledger, "2026-02", 2m);
        await PublishAsync(ledger, At);
        await ReportAsync(ledger, "2026-01", null);
        await ReportAsync(ledger, "2026-02", null);
        await PublishAsync(ledger, At);
        await ReportAsync(ledger, "2026-02", 3m);
        await PublishAsync(ledger, At);
        var right = MemoryStore.Print(store.Points);

        var first = await PublishAsync(ledger, Later);
        var second = await PublishAsync(ledger, Later + DeletionLooks.Second);

        Assert.Equal((0, 0), (first.Points + second.Points, first.Deleted + second.Deleted));
        Assert.Equal(right, MemoryStore.Print(store.Points));
        Assert.Empty(await ((IOutbox)ledger).NextDeletedAsync(Later.AddYears(1), 10, Token));
    }

    [Fact]
    public async Task Run_StoreCannotSayWhatItHas_PublishesWhatWaitsAndAsksAgainAMinuteLater()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        await ReportAsync(ledger, "2026-01", 1m);
        await ReportAsync(ledger, "2026-02", 2m);
        await PublishAsync(ledger, At);
        var before = Kept();
        await ReportAsync(ledger, "2026-02", null);
        await PublishAsync(ledger, At);
        var gone = Assert.Single(before.Keys, name => !store.Points.ContainsKey(name));
        store.Points[gone] = before[gone];
        await ReportAsync(ledger, "2026-03", 3m);
        store.Answers = false;
        var later = Later;

        var blind = await PublishAsync(ledger, later);
        Assert.True(blind.Points > 0);
        Assert.False(await ((IOutbox)ledger).HasWorkAsync(later, Token));
        Assert.True(store.Points.ContainsKey(gone));

        store.Answers = true;
        Assert.Equal(1, (await PublishAsync(ledger, later + DeletionLooks.Again)).Deleted);
        Assert.False(store.Points.ContainsKey(gone));
    }

    private Dictionary<string, SortedDictionary<string, object>> Kept() => store.Points.ToDictionary(StringComparer.Ordinal);

    private Task<PublishResult> PublishAsync(ILedger ledger, DateTimeOffset at) =>
        new PublishStage((IOutbox)ledger, ledger, store, TestCatalog.Snapshot, TestCatalog.Zone).RunAloneAsync(
            (IOutbox)ledger,
            at,
            Token
        );

    /// <param name="value">Null: withdrawn.</param>
    private async Task ReportAsync(ILedger ledger, string period, decimal? value)
    {
        var at = At.AddMinutes(++reports);
        await using var report = await ledger.BeginAsync(new("test", "inbox", $"{reports}", at, true, at, "test"), Token);
        await report.AppendAsync(
            TestCatalog.Series(TestCatalog.Flow, Frequency.Month),
            Period.Parse(period),
            value is { } number ? FigureValue.Of(number) : FigureValue.None,
            value is null ? 'M' : 'A',
            Vintage.Official,
            null,
            Token
        );
        await report.CommitAsync(0, Token);
    }
}
