using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Ledger;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.ServerTests.Ledger;

/// <summary>Several processes on one ledger: each has a ledger object, and so a pool of connections, of its own.</summary>
public sealed class PostgresAtOnceTest(SharedPostgres postgres) : IAsyncDisposable
{
    private static readonly string[] Measures = ["LC-A01.01", "LC-A01.03"];

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    [Fact]
    public async Task Create_WhileItsFiguresArrive_NeverMissesOne()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var (planner, another) = (new DutyLedger(ledgers.Open(database)), new DutyLedger(ledgers.Open(database)));
        DutyLedger[] reporters = [new(ledgers.Open(database)), new(ledgers.Open(database))];
        var months = Enumerable.Range(1, 12).Select(month => Period.Of(Frequency.Month, 2026, month)).ToList();

        foreach (var month in months)
        {
            var due = Plan(CatalogOf(Monthly)).Of(Months, month, At("2026-01-01")).First() with { Needs = Measures };
            var reports = reporters.Select(
                (reporter, i) =>
                    reporter.ReportAsync("2027-02-01", Months, month.ToString(), One.Id, [(Measures[i], 5m)], source: $"s{i}")
            );
            await Task.WhenAll([planner.CreateAsync(due), another.CreateAsync(due), .. reports]);
        }

        var read = await planner.AllAsync();
        Assert.Equal(months, read.Select(obligation => obligation.Period));
        Assert.All(read, obligation => Assert.Equal(([], At("2027-02-01")), (obligation.Lacks, obligation.CompleteAt)));
    }

    [Fact]
    public async Task Confirm_InOppositeOrdersAtOnce_EmptiesTheOutbox()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = new DutyLedger(ledgers.Open(database));
        foreach (var month in Enumerable.Range(1, 12))
            await ledger.ReportAsync("2027-02-01", Months, $"2026-{month:00}", One.Id, [(Measures[0], month)]);
        var outbox = (IOutbox)ledger.Ledger;
        var keys = await outbox.NextChangesAsync(100, Token);
        Assert.Equal(12, keys.Count);
        var lease = await outbox.TryLeaseAsync(
            new("one", At("2027-02-01"), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)),
            Token
        );
        Assert.NotNull(lease);

        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(async i =>
                {
                    IReadOnlyList<ChangedKey> order = i % 2 == 0 ? keys : [.. keys.Reverse()];
                    var points = order.Select(key => new PublishedPoint(key.SeriesId, key.Period, 1)).ToList();
                    var mine = ledgers.Open(database);
                    var flight = new PublishFlight(lease, i, points, At("2027-02-01"));
                    await mine.IntendAsync(flight, points, Token);
                    await mine.ConfirmAsync(flight, points, order, [], At("2027-02-01"), Token);
                })
        );

        Assert.Equal(new OutboxStatus(0, null, 12, 0), await outbox.ReadStatusAsync(Token));
    }

    [Fact]
    public async Task Snapshot_AReportIsCommittedMeanwhile_DoesNotSeeIt()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var (reader, writer) = (ledgers.Open(database), new DutyLedger(ledgers.Open(database)));
        await writer.ReportAsync("2026-03-01", Months, "2026-02", One.Id, [(Measures[0], 1m)]);
        await using var snapshot = await reader.OpenSnapshotAsync(null, Token);
        var key = await snapshot.ReadKeysAsync(new(), Token).SingleAsync(Token);

        await writer.ReportAsync("2026-03-02", Months, "2026-02", One.Id, [(Measures[0], 2m)]);

        var series = Assert.Single(await snapshot.ReadAsync([new(key)], Token));
        Assert.NotNull(series);
        Assert.Equal(1m, Assert.Single(Assert.Single(series.Periods).Statements).Value.Number);
    }
}
