using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.ServerTests.Support;

/// <summary>A look into the SQLite file past the product, at a copy: whoever opens the file itself would mend it after a kill.</summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kpimetrics-look-").FullName;
    private readonly SqliteConnection connection;

    static LedgerFile() => Batteries_V2.Init();

    /// <param name="path">A ledger that no process has open, or none yet.</param>
    public LedgerFile(string path)
    {
        var copy = Path.Combine(folder, "ledger.db");
        if (File.Exists(path))
            File.Copy(path, copy);
        if (File.Exists($"{path}-wal"))
            File.Copy($"{path}-wal", $"{copy}-wal");
        connection = new(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        connection.Open();
    }

    /// <summary>What a query counts in a ledger that a worker has open; 0 where there is no ledger, or no such table yet.</summary>
    public static long CountLive(string path, string sql)
    {
        try
        {
            using var live = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = path,
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                }.ToString()
            );
            live.Open();
            using var command = live.CreateCommand();
            command.CommandText = sql;
            return (long)(command.ExecuteScalar() ?? 0L);
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    public long Count(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    /// <summary>The first columns of the rows, as text.</summary>
    public List<string> Texts(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }

    /// <summary>Changed figures that are not published yet.</summary>
    public long Waiting => Has("outbox") ? Count("SELECT COUNT(*) FROM outbox") : 0;

    public bool HasReport(string name)
    {
        if (!Has("report"))
            return false;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM report WHERE name = $name";
        command.Parameters.AddWithValue("$name", name);
        return (long)(command.ExecuteScalar() ?? 0L) > 0;
    }

    /// <summary>All statements of a set: of each figure, <c>indicator,measure,area,period</c>, the numbers in the order received.</summary>
    public Dictionary<string, List<string>> Statements(string set)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT s.indicator, s.measure, s.area, o.period, o.number, o.status
            FROM observation o JOIN series s ON s.id = o.series_id
            WHERE s.set_code = $set AND s.freq = 'M'
            ORDER BY s.id, o.period, o.received_at, o.report_id
            """;
        command.Parameters.AddWithValue("$set", set);
        using var reader = command.ExecuteReader();
        var statements = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        while (reader.Read())
        {
            var month = reader.GetInt32(3);
            var period = FormattableString.Invariant($"{1900 + (month / 12)}-{(month % 12) + 1:00}");
            var key = string.Join(',', reader.GetString(0), reader.GetString(1), reader.GetString(2).Split('@')[0], period);
            if (!statements.TryGetValue(key, out var of))
                statements[key] = of = [];
            of.Add(reader.GetString(5) == "M" ? "" : reader.GetString(4));
        }
        return statements;
    }

    private bool Has(string table) => Count($"SELECT COUNT(*) FROM sqlite_master WHERE name = '{table}'") > 0;

    public void Dispose()
    {
        connection.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
