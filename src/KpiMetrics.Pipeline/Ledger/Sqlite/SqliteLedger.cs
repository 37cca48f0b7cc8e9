using System.Runtime.CompilerServices;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger in one SQLite file: the embedded default.</summary>
/// <param name="path">The file; its folder must exist. Created by <see cref="MigrateAsync"/>.</param>
public sealed partial class SqliteLedger(string path) : ILedger, IOutbox, ITakenFiles, IPlans
{
    private readonly SqliteDatabase database = new(path);

    public Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        var steps = SqliteMigrations.Run(connection, at);
        database.CheckIdentity();
        return Task.FromResult(steps);
    }

    public Task<IReportTransaction> BeginAsync(ReportHeader header, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        var connection = database.Open();
        try
        {
            return Task.FromResult<IReportTransaction>(new SqliteReportTransaction(connection, header));
        }
        catch
        {
            connection.Dispose(); // rolls back: a connection left to the collector would keep the write lock
            throw;
        }
    }

    public async IAsyncEnumerable<SeriesStatements> ReadAsync(
        FigureQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var connection = database.Open();
        using var snapshot = connection.BeginTransaction(deferred: true);
        using var series = SelectSeries(connection, snapshot, query);
        using var statements = SelectStatements(connection, snapshot);
        using var found = series.ExecuteReader();
        while (found.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (id, key) = ReadKey(found);
            if (query.Area is { } areas && !areas.Contains(key.Area, StringComparer.Ordinal))
                continue;
            var periods = ReadPeriods(statements, id, key.Frequency, 0, int.MaxValue, query.AsOf);
            if (periods.Count > 0)
                yield return new(id, key, periods);
        }
        await Task.CompletedTask;
    }

    public Task<SeriesStatements?> ReadRangeAsync(int seriesId, Period from, Period to, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var snapshot = connection.BeginTransaction(deferred: true);
        using var series = connection
            .Prepare(snapshot, "SELECT id, set_code, indicator, measure, subject, area, freq FROM series WHERE id = $1", 1)
            .With(seriesId);
        using var found = series.ExecuteReader();
        if (!found.Read())
            return Task.FromResult<SeriesStatements?>(null);
        var (id, key) = ReadKey(found);
        using var statements = SelectStatements(connection, snapshot);
        var periods = ReadPeriods(statements, id, key.Frequency, from.Index, to.Index, asOf: null);
        return Task.FromResult<SeriesStatements?>(new(id, key, periods));
    }

    public Task<IReadOnlyList<string>> ReadTakenFilesAsync(string set, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(null, "SELECT file FROM taken_file WHERE set_code = $1", 1).With(set);
        using var reader = command.ExecuteReader();
        var files = new List<string>();
        while (reader.Read())
            files.Add(reader.GetString(0));
        return Task.FromResult<IReadOnlyList<string>>(files);
    }

    public Task ForgetTakenFileAsync(string set, string file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(null, "DELETE FROM taken_file WHERE set_code = $1 AND file = $2", 2)
            .With(set, file);
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(null, "SELECT at, actor, action, details FROM audit ORDER BY id DESC LIMIT $1", 1)
            .With(limit);
        using var reader = command.ExecuteReader();
        var entries = new List<AuditEntry>();
        while (reader.Read())
            entries.Add(new(reader.Instant(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return Task.FromResult<IReadOnlyList<AuditEntry>>(entries);
    }

    private static SqliteCommand SelectSeries(SqliteConnection connection, SqliteTransaction snapshot, FigureQuery query) =>
        connection
            .Prepare(
                snapshot,
                """
                SELECT id, set_code, indicator, measure, subject, area, freq FROM series
                WHERE ($1 IS NULL OR set_code = $1) AND ($2 IS NULL OR indicator = $2)
                  AND ($3 IS NULL OR measure = $3) AND ($4 IS NULL OR freq = $4)
                ORDER BY set_code, indicator, measure, subject, area, freq
                """,
                4
            )
            .With(query.Set, query.Indicator, query.Measure, query.Frequency?.Code());

    private static SqliteCommand SelectStatements(SqliteConnection connection, SqliteTransaction snapshot) =>
        connection.Prepare(
            snapshot,
            """
            SELECT o.period, source.name, o.received_at, o.number, o.text, o.status, o.vintage, o.note
            FROM observation o JOIN source ON source.id = o.source_id
            WHERE o.series_id = $1 AND o.period BETWEEN $2 AND $3 AND o.received_at <= $4
            ORDER BY o.period, o.received_at
            """,
            4
        );

    private static List<PeriodStatements> ReadPeriods(
        SqliteCommand select,
        int seriesId,
        Frequency frequency,
        int from,
        int to,
        DateTimeOffset? asOf
    )
    {
        using var reader = select.With(seriesId, from, to, asOf?.ToUnixTimeMilliseconds() ?? long.MaxValue).ExecuteReader();
        var periods = new List<PeriodStatements>();
        var statements = new List<Statement>();
        var current = -1;
        while (reader.Read())
        {
            var index = reader.GetInt32(0);
            if (index != current)
            {
                statements = [];
                periods.Add(new(Period.FromIndex(frequency, index), statements));
                current = index;
            }
            statements.Add(ReadStatement(reader));
        }
        return periods;
    }

    private static Statement ReadStatement(SqliteDataReader reader) =>
        new(
            reader.GetString(1),
            reader.Instant(2),
            StoredValue.Read(reader.TextOrNull(3), reader.TextOrNull(4)),
            reader.GetString(5)[0],
            (Vintage)reader.GetInt32(6),
            reader.TextOrNull(7)
        );

    private static (int Id, SeriesKey Key) ReadKey(SqliteDataReader reader)
    {
        var letter = reader.GetString(6);
        if (!FrequencyCode.TryParse(letter, out var frequency))
            throw new InvalidDataException(
                $"Series {reader.GetInt32(0)} has frequency '{letter}'; allowed: {FrequencyCode.Allowed}."
            );
        return (
            reader.GetInt32(0),
            new(
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetString(5),
                frequency
            )
        );
    }
}
