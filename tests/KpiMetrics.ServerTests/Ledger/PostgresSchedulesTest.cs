using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Ledger;

namespace KpiMetrics.ServerTests.Ledger;

public sealed class PostgresSchedulesTest(SharedPostgres postgres) : SchedulesContract, IAsyncDisposable
{
    private readonly PostgresLedgers ledgers = new(postgres);

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    protected override async Task<ILedger> CreateAsync() => await ledgers.CreateAsync();

    [Fact]
    public async Task Change_ByManyAtOnce_NoneIsLostAndNoneAppearsBeforeAnEarlierOne()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var reader = ledgers.Open(database);
        using var over = new CancellationTokenSource();
        var watching = Task.Run(
            async () =>
            {
                while (!over.IsCancellationRequested)
                {
                    var revision = await reader.ReadScheduleRevisionAsync(default);
                    var seen = await reader.ReadScheduleHistoryAsync(ScheduleTarget.Of("lc", "LC-C01"), default);
                    var known = seen.Select(version => version.Revision).Where(number => number <= revision).Order();
                    Assert.Equal(Enumerable.Range(1, (int)revision).Select(number => (long)number), known);
                }
            },
            TestContext.Current.CancellationToken
        );

        var done = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ChangeAsync(ledgers.Open(database)))));

        await over.CancelAsync();
        await watching;
        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), done.Select(version => version.Revision).Order());
    }

    private static Task<ScheduleVersion> ChangeAsync(PostgresLedger schedules) =>
        schedules.ChangeScheduleAsync(
            new(ScheduleTarget.Of("lc", "LC-C01"), "set", "test", "test") { Priority = 5 },
            DateTimeOffset.UnixEpoch,
            TestContext.Current.CancellationToken
        );
}
