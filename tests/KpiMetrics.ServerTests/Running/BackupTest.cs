using System.Text.Json;
using KpiMetrics.ServerTests.Provisioning;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using Npgsql;

namespace KpiMetrics.ServerTests.Running;

/// <summary>The ledger is backed up while a worker takes figures in, lost, and restored; InfluxDB follows it.</summary>
[Collection(WorkerTests.Name)]
public sealed class BackupTest(SharedPostgres postgres)
{
    private const int RowsAReport = 1500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_WhileFiguresComeIn_IsRestoredWholeAndInfluxFollows()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        var backup = Path.Combine(installation.Data, "..", "backup.db");
        var office = new Reporter(new Random(11), TestSet.FirstMeasures, TestSet.Communes);
        await using (var worker = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0"))
        {
            Drop(installation, office, 0);
            await installation.AllCollectedAsync(TestSet.Code, worker);
            for (var report = 1; report <= 3; report++)
                Drop(installation, office, report);
            await installation.DoAsync("ledger", "backup", backup); // some of the three are in it, each whole or not at all
            await installation.AllCollectedAsync(TestSet.Code, worker);
            await installation.AllPublishedAsync(worker);
            var refused = await installation.CommandAsync("ledger", "restore", backup);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("stop the worker first", Assert.Single(refused.Error), StringComparison.Ordinal);
            Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        }
        var last = await installation.ExportAsync(TestSet.Code);
        File.Delete(installation.LedgerFile); // the disk died

        await installation.DoAsync("ledger", "restore", backup);

        using (var ledger = new LedgerFile(installation.LedgerFile))
        {
            var reports = ledger.Count("SELECT COUNT(*) FROM report");
            Assert.InRange(reports, 1, 4);
            Assert.Equal(reports * RowsAReport, ledger.Count("SELECT SUM(recorded + repeated) FROM report"));
        }
        var restored = await installation.ExportAsync(TestSet.Code);
        Assert.True(restored.Count <= last.Count);
        await installation.DoAsync("publish", "verify", "--json");
        await BoardPoints.EqualAsync(influx, restored, Token);
        var again = JsonElement.Parse(string.Join('\n', await installation.DoAsync("publish", "verify", "--json")));
        Assert.Equal(0, again.GetProperty("different").GetInt64());
    }

    /// <summary>The README's commands for a ledger in PostgreSQL.</summary>
    [Fact]
    public async Task PgDump_WhileFiguresComeIn_IsRestoredWholeAndInfluxFollows()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        var another = await postgres.CreateDatabaseAsync(Token);
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx) { Postgres = database };
        var dump = Path.Combine(installation.Data, "..", "kpi.dump");
        var office = new Reporter(new Random(12), TestSet.FirstMeasures, TestSet.Communes);
        await using (var worker = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0"))
        {
            Drop(installation, office, 0);
            await installation.AllCollectedAsync(TestSet.Code, worker);
            for (var report = 1; report <= 3; report++)
                Drop(installation, office, report);
            await PostgresToolAsync("pg_dump", database, "--format=custom", "--schema=kpi", $"--file={dump}");
            await installation.AllCollectedAsync(TestSet.Code, worker);
            await installation.AllPublishedAsync(worker);
            Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        }
        var last = await installation.ExportAsync(TestSet.Code);
        using var anew = new Installation(influx) { Postgres = another };
        var name = new NpgsqlConnectionStringBuilder(another).Database;

        await PostgresToolAsync(
            "pg_restore",
            another,
            "--exit-on-error",
            "--single-transaction",
            "--no-acl",
            $"--dbname={name}",
            dump
        );

        var restored = await anew.ExportAsync(TestSet.Code);
        Assert.InRange(restored.Count, 1, last.Count);
        await anew.DoAsync("publish", "verify", "--json");
        await BoardPoints.EqualAsync(influx, restored, Token);
        var again = JsonElement.Parse(string.Join('\n', await anew.DoAsync("publish", "verify", "--json")));
        Assert.Equal(0, again.GetProperty("different").GetInt64());
        // What came after the backup is sent once more: the restored ledger takes it.
        var sent = await anew.CommandAsync(
            "import",
            anew.Write("more.csv", office.Next("more.csv", RowsAReport, 0).Text),
            "--set",
            TestSet.Code
        );
        Assert.Equal(0, sent.ExitCode);
    }

    /// <summary>As the README has it with Docker: into the same database, whose schema was renamed.</summary>
    [Fact]
    public async Task PgRestore_BesideTheSchemaThatWasThere_IsTheLedgerAsItWasAndGoesOn()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        using var installation = new Installation { Postgres = database };
        var dump = installation.Write("kpi.dump", "");
        var office = new Reporter(new Random(13), TestSet.FirstMeasures, TestSet.Communes);
        await ImportAsync(installation, office, "first.csv");
        var before = await installation.ExportAsync(TestSet.Code);
        await PostgresToolAsync("pg_dump", database, "--format=custom", "--schema=kpi", $"--file={dump}");
        await ImportAsync(installation, office, "lost.csv");
        await using (var kpi = new KpiDatabase(database))
            await kpi.ExecuteAsync("ALTER SCHEMA kpi RENAME TO kpi_before");
        var name = new NpgsqlConnectionStringBuilder(database).Database;

        await PostgresToolAsync(
            "pg_restore",
            database,
            "--exit-on-error",
            "--single-transaction",
            "--no-acl",
            $"--dbname={name}",
            dump
        );

        await installation.DoAsync("migrate");
        var restored = await installation.ExportAsync(TestSet.Code);
        Assert.NotEmpty(restored);
        Assert.Equal(before.Select(figure => figure.ToString()), restored.Select(figure => figure.ToString()));
        await ImportAsync(installation, office, "after.csv");
        await using (var kpi = new KpiDatabase(database))
            await kpi.ExecuteAsync("DROP SCHEMA kpi_before CASCADE");
        Assert.True((await installation.ExportAsync(TestSet.Code)).Count >= restored.Count);
    }

    private static async Task ImportAsync(Installation installation, Reporter office, string name)
    {
        var file = installation.Write(name, office.Next(name, RowsAReport, 0).Text);
        await installation.DoAsync("import", file, "--set", TestSet.Code);
    }

    private static async Task PostgresToolAsync(string tool, string database, params string[] arguments)
    {
        var place = new NpgsqlConnectionStringBuilder(database);
        var path = new[] { PostgresServer.Find() ?? "", "/usr/bin" }
            .Select(folder => Path.Combine(folder, tool))
            .FirstOrDefault(File.Exists);
        if (path is null)
            MissingServer.Require($"No {tool}; apt-get install postgresql-client.");
        var (exitCode, _, error) = await Tool.RunAsync(
            path ?? tool,
            arguments,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PGHOST"] = place.Host ?? "",
                ["PGPORT"] = $"{place.Port}",
                ["PGUSER"] = place.Username ?? "",
                ["PGPASSWORD"] = place.Password ?? "",
                ["PGDATABASE"] = place.Database ?? "",
            }
        );
        Assert.True(exitCode == 0, error);
    }

    private static void Drop(Installation installation, Reporter office, int number)
    {
        var name = FormattableString.Invariant($"report-{number}.csv");
        installation.Drop(TestSet.Code, name, office.Next(name, RowsAReport, 0).Text);
    }
}
