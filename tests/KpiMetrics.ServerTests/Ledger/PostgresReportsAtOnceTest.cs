using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using Npgsql;

namespace KpiMetrics.ServerTests.Ledger;

/// <summary>Several workers, each with a ledger of its own, report into one database at once: nothing lost, nothing double, obligations right.</summary>
public sealed class PostgresReportsAtOnceTest(SharedPostgres postgres) : IAsyncDisposable
{
    private const int Periods = 24;

    private static readonly DateTimeOffset Start = DutyWorld.At("2028-01-01");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Measures = ["LC-A01.01", "LC-A01.03"];

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    /// <summary>Eight workers bring the same figures of one source: one of them records each, the others repeat it.</summary>
    [Fact]
    public async Task Report_OneSourceByManyWorkers_RecordsEachFigureOnce()
    {
        var workers = await WorkersAsync(8);

        var receipts = await Task.WhenAll(
            workers.Select((worker, i) => ReportAsync(worker, "http", Start.AddSeconds(i), Measures[0], Forwards(i % 2 == 0)))
        );

        Assert.Equal(Periods, receipts.Sum(receipt => receipt.Recorded));
        Assert.Equal(Periods * 7, receipts.Sum(receipt => receipt.Repeated));
        Assert.Equal(8, receipts.Select(receipt => receipt.ReportId).Distinct().Count());
        var series = Assert.Single(await ReadAsync(workers[0]));
        Assert.Equal(Periods, series.Periods.Count);
        Assert.All(series.Periods, period => Assert.Single(period.Statements));
        Assert.Equal(8, (await workers[0].ReadAuditAsync(100, Token)).Count(entry => entry.Action == "report"));
    }

    /// <summary>
    /// Each of two sources brings one of the two measures that an obligation needs, in opposite orders and small batches: whoever is last sees both.
    /// </summary>
    [Fact]
    public async Task Report_TwoSourcesIntoTheSameObligations_FulfilThem()
    {
        var workers = await WorkersAsync(2);
        var duties = new DutyLedger(workers[0]);
        await duties.CreateAsync([.. Forwards(true).Select(Obligation)]);

        await Task.WhenAll(
            ReportAsync(workers[0], "http", Start, Measures[0], Forwards(true)),
            ReportAsync(workers[1], "forms", Start.AddSeconds(1), Measures[1], Forwards(false))
        );

        var obligations = await duties.AllAsync();
        Assert.Equal(Periods, obligations.Count);
        Assert.All(
            obligations,
            obligation =>
            {
                Assert.Empty(obligation.Lacks);
                Assert.Equal((Start, Start.AddSeconds(1)), (obligation.FirstAt ?? default, obligation.CompleteAt ?? default));
            }
        );
    }

    /// <summary>Two sources state the same new series, back to front: neither waits for the other for ever, and both statements are there and to be published.</summary>
    [Fact]
    public async Task Report_TwoSourcesOfTheSameNewSeries_BothAreKept()
    {
        var workers = await WorkersAsync(4);

        await Task.WhenAll(
            workers.Select(
                (worker, i) =>
                    ReportAsync(worker, $"source {i}", Start.AddSeconds(i), Measures[0], Forwards(i % 2 == 0), wide: true)
            )
        );

        var series = await ReadAsync(workers[0]);
        Assert.Equal(Periods, series.Count);
        Assert.All(series, one => Assert.Equal(4, one.Periods.Sum(period => period.Statements.Count)));
        Assert.Equal(Periods, (await workers[0].NextChangesAsync(1000, Token)).Count);
    }

    /// <summary>What a report that is given up has written is nobody's: the next one of its source is the first.</summary>
    [Fact]
    public async Task Report_AfterOneThatWasGivenUp_IsTheFirst()
    {
        var workers = await WorkersAsync(2);
        await using (var given = await workers[0].BeginAsync(Header("http", Start), Token))
            await given.AppendAsync([Figure(Measures[0], Forwards(true)[0], wide: false)], Token);

        var receipt = await ReportAsync(workers[1], "http", Start, Measures[0], Forwards(true));

        Assert.Equal((Periods, 0), (receipt.Recorded, receipt.Repeated));
        Assert.Equal(Periods, Assert.Single(await ReadAsync(workers[0])).Periods.Count);
    }

    /// <summary>
    /// An office's long report keeps another office of the same set and source from nothing; who may speak of any figure, or of the same ones, waits until it is over.
    /// </summary>
    [Fact]
    public async Task Report_WhileAnotherOfficeReports_WaitsOnlyForTheSameFigures()
    {
        var database = await ledgers.CreateDatabaseAsync();
        PostgresLedger[] workers = [.. Enumerable.Range(0, 4).Select(_ => ledgers.Open(database))];
        var header = Header("push", Start.AddSeconds(1));
        Task<ReportReceipt>[] waiting;
        await using (var first = await workers[0].BeginAsync(Header("push", Start) with { Circle = "sở a" }, Token))
        {
            await first.AppendAsync([Figure(Measures[0], Forwards(true)[0], wide: false)], Token);

            var other = await ReportAsync(workers[1], header with { Circle = "sở b" }, Measures[1], Forwards(true))
                .WaitAsync(Patience, Token);
            waiting =
            [
                ReportAsync(workers[2], header with { Circle = "sở a" }, Measures[0], Forwards(true)),
                ReportAsync(workers[3], header, Measures[0], Forwards(true)),
            ];

            Assert.Equal(Periods, other.Recorded);
            await Eventually.SeesAsync(
                "two reports that wait",
                () => WaitingAsync(database),
                count => count == 2,
                Patience,
                Token
            );
            Assert.DoesNotContain(waiting, one => one.IsCompleted);
            await first.CommitAsync(0, Token);
        }

        var receipts = await Task.WhenAll(waiting);

        // Of the figure that the long one brought both are repetitions; of the others one is.
        Assert.Equal((Periods - 1, Periods + 1), (receipts.Sum(one => one.Recorded), receipts.Sum(one => one.Repeated)));
    }

    private static Period[] Forwards(bool forwards)
    {
        var first = Period.Parse("2026-01");
        var all = Enumerable.Range(0, Periods).Select(first.Shift).ToArray();
        return forwards ? all : [.. all.Reverse()];
    }

    private static Obligation Obligation(Period period) =>
        DutyWorld
            .Plan(DutyWorld.CatalogOf(DutyWorld.Monthly))
            .Of(DutyWorld.Months, period, DutyWorld.At("2026-01-01"))
            .First(obligation => obligation.Area == DutyWorld.One.Id) with
        {
            Needs = Measures,
        };

    private static ReportHeader Header(string source, DateTimeOffset at) =>
        new(DutyWorld.SetCode, source, "at-once.csv", at, ReceivedAtStated: false, at, "test");

    /// <param name="wide">Each period is of a series of its own.</param>
    private static ReportedFigure Figure(string measure, Period period, bool wide) =>
        new(
            new(DutyWorld.SetCode, "LC-A01", measure, wide ? $"{period}" : "", DutyWorld.One.Id, Frequency.Month),
            period,
            FigureValue.Of(period.Index),
            'A',
            Vintage.Official,
            null
        );

    private static async Task<long> WaitingAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            """
            SELECT COUNT(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
            WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
            """
        );
        return (long)(await command.ExecuteScalarAsync(Token) ?? 0L);
    }

    private static Task<ReportReceipt> ReportAsync(
        PostgresLedger ledger,
        string source,
        DateTimeOffset at,
        string measure,
        Period[] periods,
        bool wide = false
    ) => ReportAsync(ledger, Header(source, at), measure, periods, wide);

    private static async Task<ReportReceipt> ReportAsync(
        PostgresLedger ledger,
        ReportHeader header,
        string measure,
        Period[] periods,
        bool wide = false
    )
    {
        await using var report = await ledger.BeginAsync(header, Token);
        foreach (var some in periods.Chunk(5))
            await report.AppendAsync([.. some.Select(period => Figure(measure, period, wide))], Token);
        return await report.CommitAsync(0, Token);
    }

    private static async Task<List<SeriesStatements>> ReadAsync(PostgresLedger ledger)
    {
        var all = new List<SeriesStatements>();
        await foreach (var series in ledger.ReadAsync(new FigureQuery(), Token))
            all.Add(series);
        return all;
    }

    private async Task<PostgresLedger[]> WorkersAsync(int count)
    {
        var database = await ledgers.CreateDatabaseAsync();
        return [.. Enumerable.Range(0, count).Select(_ => ledgers.Open(database))];
    }
}
