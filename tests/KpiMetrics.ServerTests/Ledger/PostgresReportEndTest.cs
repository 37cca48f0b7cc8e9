using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;
using Npgsql;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.ServerTests.Ledger;

/// <summary>The end of a report goes to the server with the last that it writes, what became of its obligations: then all of it is there, or nothing.</summary>
public sealed class PostgresReportEndTest(SharedPostgres postgres) : IAsyncDisposable
{
    private const string Code = "LC-A01.01";
    private const string Month = "2026-02";

    private const string Kept =
        "SELECT (SELECT COUNT(*) FROM observation) + (SELECT COUNT(*) FROM report) + (SELECT COUNT(*) FROM outbox)";

    private const string Waiting =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    // Another one each time the row is written.
    private const string Version = "SELECT xmin::text FROM obligation";

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    [Fact]
    public async Task Report_WhatItWritesLastFails_NothingOfItIsKept()
    {
        var (ledger, connection) = await OwedAsync();
        await using var database = new KpiDatabase(connection);
        await database.ExecuteAsync(
            "CREATE TRIGGER refused BEFORE UPDATE ON obligation FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        );

        await Assert.ThrowsAsync<PostgresException>(() => ReportAsync(ledger, "2026-03-02", 5m));

        Assert.Equal("0", await database.ValueAsync(Kept));
        await database.ExecuteAsync("DROP TRIGGER refused ON obligation");
        await ReportAsync(ledger, "2026-03-03", 5m);
        Assert.Equal("3", await database.ValueAsync(Kept));
        Assert.Equal(At("2026-03-03"), (await ledger.OneAsync()).CompleteAt);
    }

    [Fact]
    public async Task Report_GivenUpWhileWhatItWritesLastWaits_NothingOfItIsKept()
    {
        var (ledger, connection) = await OwedAsync();
        await using var database = new KpiDatabase(connection);
        await using var other = await database.OpenAsync();
        await using var holding = await other.BeginTransactionAsync(Token);
        await using (var hold = new NpgsqlCommand("SELECT 1 FROM obligation FOR UPDATE", other, holding))
            await hold.ExecuteNonQueryAsync(Token);
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var at = At("2026-03-02");

        await using (
            var report = await ledger.Ledger.BeginAsync(new(Months.Set, "forms", "test.csv", at, false, at, "test"), Token)
        )
        {
            var series = new SeriesKey(Months.Set, Months.Indicator, Code, "", One.Id, Months.Frequency);
            await report.AppendAsync(series, Period.Parse(Month), FigureValue.Of(5m), 'A', Vintage.Official, null, Token);
            var ending = report.CommitAsync(0, givenUp.Token);
            await Eventually.SeesAsync(
                "a report that waits for its obligation",
                () => database.ValueAsync(Waiting),
                waiting => waiting == "1",
                Installation.Patience,
                Token
            );
            await givenUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ending);
        }
        await holding.RollbackAsync(Token);

        Assert.Equal("0", await database.ValueAsync(Kept));
        await ReportAsync(ledger, "2026-03-03", 5m);
        Assert.Equal(At("2026-03-03"), (await ledger.OneAsync()).CompleteAt);
    }

    [Fact]
    public async Task Report_LeavesAnObligationAsItWas_DoesNotWriteItAgain()
    {
        var (ledger, connection) = await OwedAsync();
        await using var database = new KpiDatabase(connection);
        await ReportAsync(ledger, "2026-03-02", 5m);
        var version = await database.ValueAsync(Version);

        await ReportAsync(ledger, "2026-03-03", 6m);
        Assert.Equal(version, await database.ValueAsync(Version));
        Assert.Equal(At("2026-03-02"), (await ledger.OneAsync()).CompleteAt);

        await ReportAsync(ledger, "2026-03-04", null);
        Assert.NotEqual(version, await database.ValueAsync(Version));
        Assert.Equal([Code], (await ledger.OneAsync()).Lacks);
    }

    private static Task ReportAsync(DutyLedger ledger, string at, decimal? value) =>
        ledger.ReportAsync(at, Months, Month, One.Id, [(Code, value)]);

    /// <summary>A ledger in which one commune owes one measure of one month.</summary>
    private async Task<(DutyLedger Ledger, string Connection)> OwedAsync()
    {
        var connection = await ledgers.CreateDatabaseAsync();
        var ledger = new DutyLedger(ledgers.Open(connection));
        var owed = Plan(CatalogOf(Monthly))
            .Of(Months, Period.Parse(Month), At("2026-01-01"))
            .First(obligation => obligation.Area == One.Id);
        await ledger.CreateAsync(owed with { Needs = [Code], Lacks = [Code] });
        return (ledger, connection);
    }
}
