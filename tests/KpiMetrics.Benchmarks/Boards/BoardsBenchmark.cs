using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Benchmarks.Correct;
using KpiMetrics.Benchmarks.Publish;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.ServerTests.Boards;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KpiMetrics.Benchmarks.Boards;

/// <summary>
/// What each panel takes over a whole province (DESIGN 10: 25,000 series within 2 s, one series within 10 ms): every query of the boards that show Lào Cai, filled in
/// as Grafana would, on real stores.
/// </summary>
internal static class BoardsBenchmark
{
    private const int Months = 36;
    private const int Turns = 3;
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    private static readonly (string Uid, (string, string)[] Choices)[] Shown =
    [
        ("kpi-tong-quan", []),
        ("kpi-chi-so", []),
        ("kpi-lc-xa-phuong", []),
        ("kpi-khan-cap", []),
        ("kpi-tien-do", [("ky", "M")]),
        ("kpi-chat-luong", []),
        ("kpi-van-hanh", []),
    ];

    public static async Task RunAsync()
    {
        var programs = PostgresServer.Find() ?? throw new InvalidOperationException("PostgreSQL is not here; see PG_BIN.");
        await using var postgres = await PostgresServer.StartAsync(programs, ["shared_buffers = 512MB"], default);
        await using var influx = await OwnInflux.StartAsync();
        var database = await postgres.CreateDatabaseAsync("boards", null, default);
        // As Grafana reads; there before the ledger, which lets it in.
        await using (var maker = new NpgsqlConnection(database))
        {
            await maker.OpenAsync();
            await ExecuteAsync(maker, "CREATE ROLE kpi_reader NOLOGIN");
        }
        await using var ledger = new PostgresLedger(database);
        var now = TimeProvider.System.GetUtcNow();
        await ledger.MigrateAsync(now, default);
        var catalog = CorrectCatalog.Read();
        await ledger.KeepCatalogAsync(catalog, (_, _) => false, default);
        await FillAsync(ledger, catalog, database, now);
        await PublishAsync(ledger, catalog, influx);

        await using var reader = new BoardReader(influx.Url, OwnInflux.Database, database, default);
        Console.WriteLine("   best |  first | rows   | panel");
        foreach (var (uid, choices) in Shown)
        {
            var board = BoardFile.Of(uid);
            var values = await reader.OpenAsync(board, choices);
            foreach (var panel in board.Panels)
                await TakeAsync(reader, board, panel, values);
        }
    }

    private static async Task TakeAsync(BoardReader reader, BoardFile board, BoardPanel panel, BoardValues values)
    {
        var (first, best, rows) = (0.0, double.MaxValue, 0);
        for (var turn = 0; turn < Turns; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            rows = (await reader.ReadAsync(panel, values)).Sum(frame => frame.Rows.Count);
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            first = turn == 0 ? took : first;
            best = Math.Min(best, took);
        }
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{best, 7:0} | {first, 6:0} | {rows, 6} | {board.Title}: {panel.Title}")
        );
    }

    // Straight into the tables; obligations as the engine makes them.
    private static async Task FillAsync(PostgresLedger ledger, CatalogSnapshot catalog, string database, DateTimeOffset now)
    {
        var series = new List<(SeriesKey Key, int Id)>();
        foreach (var frequency in new[] { Frequency.Month, Frequency.Quarter, Frequency.Year, Frequency.Day })
        {
            var keys = CorrectCatalog.Reported(catalog, frequency);
            series.AddRange(keys.Zip(await ledger.NumberSeriesAsync(keys, default)));
        }
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await ExecuteAsync(
            connection,
            "SET search_path = kpi; INSERT INTO source (id, name) VALUES (1, 'inbox') ON CONFLICT DO NOTHING"
        );
        var day = DateOnly.FromDateTime(now.AddHours(7).DateTime);
        foreach (var group in series.GroupBy(one => one.Key.Frequency))
        {
            var last = Period.At(group.Key, day.ToDateTime(default)).Shift(-1);
            var ids = group.Select(one => one.Id).ToArray();
            for (var back = 0; back < Months; back++)
            {
                var period = last.Shift(-back);
                await ExecuteAsync(
                    connection,
                    """
                    INSERT INTO observation (series_id, period, year, received_at, source_id, vintage, report_id, number, status)
                    SELECT id, $2, $3, $4, 1, 3, 1, (1 + (random() * 1000000)::int)::text::numeric, 'A' FROM unnest($1) AS s (id)
                    """,
                    ids,
                    period.Index,
                    period.Start.Year,
                    now.AddDays(-1).ToUnixTimeMilliseconds()
                );
            }
        }
        await ExecuteAsync(connection, "ANALYZE");
        var stage = new ObligationStage(catalog, "bench", day.AddMonths(-18), ledger, ledger, Zone);
        await stage.RunAsync(now, null, _ => { }, default);
        await ExecuteAsync(connection, "ANALYZE");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{series.Count} series x {Months} periods"));
    }

    private static async Task PublishAsync(PostgresLedger ledger, CatalogSnapshot catalog, OwnInflux influx)
    {
        var start = Stopwatch.GetTimestamp();
        using var http = InfluxWriters.CreateClient();
        await ledger.MarkAllAsync("bench", DateTimeOffset.UnixEpoch, default);
        var stage = new PublishStage(
            ledger,
            ledger,
            InfluxWriters.Create(http, influx.Options, NullLogger.Instance),
            catalog,
            Zone
        );
        var result = await stage.RunAloneAsync(ledger, DateTimeOffset.UnixEpoch, default);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Points} points published in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"
            )
        );
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
