using System.Globalization;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.ServerTests.Servers;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>Intake on both ledgers beside what the bare store takes of the same rows, in one run (DESIGN 10).</summary>
internal static class IntakeBenchmark
{
    // All of it in memory, no checkpoint in the middle, and no time goes into compiling. What is committed is on disk.
    private static readonly string[] Settings = ["shared_buffers = 512MB", "max_wal_size = 4GB", "jit = off"];

    public static async Task RunAsync()
    {
        await IntakeSteps.PrintAsync(OurIntake.Zone);
        var lines = new List<string>();
        lines.AddRange(await OnSqliteAsync());
        if (PostgresServer.Find() is { } programs)
            lines.AddRange(await OnPostgresAsync(programs));
        else
            Console.WriteLine(
                $"No PostgreSQL here (apt-get install postgresql, or name its bin folder in {PostgresServer.Variable})."
            );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"intake of {IntakeData.Rows:N0} rows in one report, rows/s, best of {IntakeMatch.Turns} turns"
            )
        );
        Console.WriteLine(
            "| | peer | peer's rows/s | KpiMetrics' rows/s | ratio | target | peer's µs of processor a row | KpiMetrics' |"
        );
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        lines.ForEach(Console.WriteLine);
    }

    private static async Task<IEnumerable<string>> OnSqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kpi-bench-").FullName;
        var made = 0;
        var match = new IntakeMatch(
            "SQLite",
            "bare prepared upsert",
            new BareSqlite(folder),
            new OurIntake(() => MigratedAsync(new SqliteLedger(Path.Combine(folder, $"ours{made++}.db"))))
        );
        await match.RunAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return match.Lines();
    }

    private static async Task<IEnumerable<string>> OnPostgresAsync(string programs)
    {
        await using var server = await PostgresServer.StartAsync(programs, Settings, CancellationToken.None);
        await using var bare = new BarePostgres(await server.CreateDatabaseAsync("bare", null, default));
        var made = 0;
        var match = new IntakeMatch(
            "PostgreSQL",
            "bare COPY, INSERT .. ON CONFLICT",
            bare,
            new OurIntake(async () =>
                await MigratedAsync(new PostgresLedger(await server.CreateDatabaseAsync($"ours{made++}", null, default)))
            )
        );
        await match.RunAsync();
        return match.Lines();
    }

    private static async Task<ILedger> MigratedAsync(ILedger ledger)
    {
        await ledger.MigrateAsync(OurIntake.At, default);
        return ledger;
    }
}
