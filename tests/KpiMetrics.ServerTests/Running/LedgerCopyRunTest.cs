using System.Globalization;
using System.Net;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using Npgsql;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A province that began with one file goes on in PostgreSQL: everything it ever knew is there, and what it published stands.</summary>
[Collection(WorkerTests.Name)]
public sealed class LedgerCopyRunTest(SharedPostgres postgres)
{
    private const string Header = "indicator,measure,area,period,value:en,status,vintage\n";
    private const string At = "2026-02-20T08:00:00+07:00";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Yesterday => OfficeSet.Text(OfficeSet.Today.AddDays(-1));

    /// <summary>What is asked of both ledgers, and must be answered alike.</summary>
    private static string[][] Questions =>
        [
            ["export", "--set", "cchc", "--format", "json"],
            ["export", "--set", "cchc", "--as-of", "2026-01-01T00:00:00+07:00"],
            ["export", "--set", TestSet.Code, "--format", "json"],
            ["export", "--set", TestSet.Code, "--as-of", "2022-03-05T00:00:00+07:00"],
            ["export", "--set", TestSet.Code, "--as-of", "2022-03-15T00:00:00+07:00"],
            ["export", "--set", OfficeSet.Code, "--format", "json"],
            ["explain", $"{TestSet.Code}/TN-A01.01/97001", "--period", "2022-02", "--as-of", At, "--json"],
            ["plan", "list", "--set", TestSet.Code, "--json"],
            ["plan", "list", "--set", TestSet.Code, "--as-of", "2022-06-01T00:00:00+07:00", "--json"],
            ["obligations", "--set", OfficeSet.Code, "--at", $"{Yesterday}T12:00", "--json"],
            ["obligations", "--set", OfficeSet.Code, "--at", $"{Yesterday}T12:00", "--rates", "--json"],
            ["emergency", "list", "--json"],
            ["alerts", "list", "--state", "firing,acknowledged,explained,resolved", "--json"],
            ["schedule", "list", "--set", OfficeSet.Code, "--json"],
            ["check", "--set", "cchc", "--at", At],
            ["token", "list", "--json"],
            ["publish", "status", "--json"],
        ];

    [Fact]
    public async Task Copy_OfALivedInLedger_AnswersAlikeAndGoesOn()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        var database = await postgres.CreateDatabaseAsync(Token);
        string secret;
        await using (
            var worker = await StartAsync(
                installation,
                "--Checks:PollSeconds=1",
                "--Checks:RestSeconds=0",
                "--Alerting:PollSeconds=1"
            )
        )
        {
            secret = await LiveAsync(installation, worker);
            await worker.WaitForLineAsync("cchc: checked ", Installation.Patience, Token);
            await worker.WaitForLineAsync("Alerts: ", Installation.Patience, Token);
            var running = await CopyAsync(installation, database);
            Assert.Equal(1, running.ExitCode);
            Assert.Contains("stop the worker first", Assert.Single(running.Error), StringComparison.Ordinal);
            await installation.AllPublishedAsync(worker);
            Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(20), Token));
        }
        var before = await AskAsync(installation, null);
        var audit = await new SqliteLedger(installation.LedgerFile).ReadAuditAsync(int.MaxValue, Token);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var file = await File.ReadAllBytesAsync(installation.LedgerFile, Token);

        var result = await CopyAsync(installation, database);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(file, await File.ReadAllBytesAsync(installation.LedgerFile, Token));
        AssertAllIsThere(JsonElement.Parse(string.Join('\n', result.Output)));
        Assert.Equal(before, await AskAsync(installation, database));
        await using (var ledger = new PostgresLedger(database))
        {
            var copied = await ledger.ReadAuditAsync(int.MaxValue, Token);
            Assert.Equal("ledger copy", copied[0].Action);
            Assert.Equal(audit, copied.Skip(1));
        }
        await AssertGoesOnAsync(installation, influx, database, secret);
        Assert.Equal(1, (await CopyAsync(installation, database)).ExitCode);
    }

    [Fact]
    public async Task Copy_Killed_LeavesNothingAndASecondTryWorks()
    {
        using var installation = new Installation();
        await installation.DoAsync("import", Seeds.Forms, "--set", "cchc", "--source", "forms", "--received-at", At);
        var target = await postgres.CreateLedgerAsync(Token);
        await using var database = new KpiDatabase(target);
        await database.ExecuteAsync(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NEW; END $$"
        );
        await database.ExecuteAsync("CREATE TRIGGER wait BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION wait()");
        await using (var holder = await database.OpenAsync())
        {
            await using var hold = new NpgsqlCommand("SELECT pg_advisory_lock(42)", holder);
            await hold.ExecuteNonQueryAsync(Token);
            await using var copy = Copy(installation, target);
            const string Waiting = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted";
            await Eventually.SeesAsync(
                "a copy in its middle",
                () => database.ValueAsync(Waiting),
                waiting => waiting == "1",
                Installation.Patience,
                Token,
                () => copy.Said
            );

            await copy.KillAsync();
        }
        const string Others =
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kpimetrics'";
        await Eventually.SeesAsync(
            "nobody else in the database",
            () => database.ValueAsync(Others),
            others => others == "0",
            Installation.Patience,
            Token
        );

        Assert.Equal(0, await database.RowsAsync());
        await database.ExecuteAsync("DROP TRIGGER wait ON audit");
        var result = await CopyAsync(installation, target);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            await installation.DoAsync("export", "--set", "cchc"),
            await installation.DoAsync("export", "--set", "cchc", $"--Ledger:Postgres={target}")
        );
    }

    [Fact]
    public async Task Copy_WithoutATargetOrWithNone_SaysWhatIsMissingAndKeepsTheSecret()
    {
        using var installation = new Installation();

        var missing = await installation.CommandAsync("ledger", "copy");
        var wrong = await installation.CommandAsync("ledger", "copy", "Username=kpi;Password=geheim");

        Assert.Equal((1, 1), (missing.ExitCode, wrong.ExitCode));
        Assert.Contains("Ledger__Postgres", Assert.Single(missing.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", Assert.Single(wrong.Error), StringComparison.Ordinal);
    }

    private static async Task<WorkerProcess> StartAsync(Installation installation, params string[] settings)
    {
        OfficeSet.Write(
            installation,
            OfficeSet.Today.AddDays(-3),
            [OfficeSet.Indicator(1, "H, D"), OfficeSet.Indicator(2, "D", 2)]
        );
        var worker = await installation.RunUntilUpAsync(settings);
        await worker.WaitForLineAsync("Schedule 0: ", Installation.Patience, Token);
        return worker;
    }

    /// <summary>Two sources, corrections, withdrawals, vintages, plans, an emergency, exemptions, changed schedules, tokens and a push.</summary>
    /// <returns>The secret of an office's token.</returns>
    private static async Task<string> LiveAsync(Installation installation, WorkerProcess worker)
    {
        await worker.WaitForLineAsync("Obligations: ", Installation.Patience, Token);
        await installation.DoAsync("import", Seeds.Forms, "--set", "cchc", "--source", "forms", "--received-at", At);
        await installation.DoAsync("import", Seeds.Narrative, "--set", "cchc", "--source", "narrative");
        await ImportAsync(
            installation,
            "2022-03-01",
            "TN-A01,TN-A01.01,97001,2022-01,1.50,E,estimate\nTN-A01,TN-A01.01,97001,2022-02,100,,\nTN-A01,TN-A01.02,97002,2022-01,7,,\nTN-A02,TN-A02.03,97001,2022-01,\"Mưa to, \"\"cấp 3\"\" \\ lũ\",,\n"
        );
        await ImportAsync(
            installation,
            "2022-03-10",
            "TN-A01,TN-A01.01,97001,2022-01,1.500,P,preliminary\nTN-A01,TN-A01.01,97001,2022-02,101.0,,\nTN-A01,TN-A01.02,97002,2022-01,,M,\n"
        );
        await ImportAsync(installation, "2022-03-20", "TN-A01,TN-A01.01,97001,2022-01,-0.25,A,official\n");
        const string Plans = "indicator,measure,area,period,value:en,kind,decision\nTN-A01,TN-A01.01,97001,2022,";
        foreach (
            var (on, plan) in ((string, string)[])[("2022-01-05", "1200.50,giao,1/NQ"), ("2022-07-05", "1300,điều chỉnh,2/NQ")]
        )
            await installation.DoAsync(
                "plan",
                "import",
                installation.Write("plans.csv", $"{Plans}{plan}\n"),
                "--set",
                TestSet.Code,
                "--received-at",
                on
            );
        await installation.DoAsync([
            "emergency",
            "start",
            "--areas",
            "98001,98002",
            "--order",
            "12/CĐ-UBND",
            "--from",
            $"{Yesterday}T00:00",
            "--until",
            $"{OfficeSet.Text(OfficeSet.Today.AddDays(2))}T00:00",
        ]);
        await worker.WaitForLineAsync("(1 added, 0 removed", Installation.Patience, Token);
        string[] exempted =
        [
            "--set",
            OfficeSet.Code,
            "--indicator",
            "NG-A02",
            "--period",
            Yesterday,
            "--why",
            "mất điện",
            "--yes",
        ];
        await installation.DoAsync(["obligations", "waive", "--area", "98004", .. exempted]);
        await installation.DoAsync([
            "obligations",
            "extend",
            "--until",
            $"{OfficeSet.Text(OfficeSet.Today.AddDays(5))}T08:00",
            "--area",
            "98005",
            .. exempted,
        ]);
        await installation.DoAsync("schedule", "set", "NG-A02", "--cron", "0 0/5 * * * ?", "--why", "thử", "--yes");
        await installation.DoAsync("schedule", "pause", "NG-A01", "--why", "thử");
        await installation.DoAsync("schedule", "revert", "NG-A02", "--why", "thôi");
        await PushClient.SecretAsync(installation, "--role", "viewer", "--name", "người xem");
        var secret = await PushClient.SecretAsync(installation, "--agency", "Sở 2");
        Assert.Equal((HttpStatusCode.OK, ""), Failure(await PushAsync(worker, secret, "lan-day-so-1", 5)));
        return secret;
    }

    private static async Task ImportAsync(Installation installation, string received, string rows) =>
        await installation.DoAsync([
            "import",
            installation.Write("rows.csv", Header + rows),
            "--set",
            TestSet.Code,
            "--received-at",
            received,
        ]);

    private static async Task<(HttpStatusCode Status, string Said)> PushAsync(
        WorkerProcess worker,
        string secret,
        string key,
        int value
    )
    {
        using var client = new PushClient(await worker.ApiAsync(Installation.Patience, Token), secret);
        return await client.PushAsync(
            key,
            [PushClient.Row("98001", Yesterday, value).Replace("NG-A01", "NG-A02", StringComparison.Ordinal)]
        );
    }

    // What was said only where it is no answer.
    private static (HttpStatusCode Status, string Said) Failure((HttpStatusCode Status, string Said) answer) =>
        answer.Status == HttpStatusCode.OK ? answer with { Said = "" } : answer;

    /// <summary>Every table has something, so that each was truly carried.</summary>
    private static void AssertAllIsThere(JsonElement result)
    {
        string[] mayBeEmpty =
        [
            "confirmation",
            "taken_file",
            "asking",
            "outbox",
            "publish_deleted",
            "refused_point",
            "publish_rebuild",
        ];
        var empty = result
            .GetProperty("tables")
            .EnumerateArray()
            .Where(table => table.GetProperty("rows").GetInt64() == 0)
            .Select(table => table.GetProperty("table").GetString());
        Assert.Empty(empty.Except(mayBeEmpty));
    }

    private static async Task AssertGoesOnAsync(Installation installation, InfluxServer influx, string database, string secret)
    {
        await using var look = new KpiDatabase(database);
        const string Reports = "SELECT COUNT(*) FROM report";
        var reports = int.Parse(await look.ValueAsync(Reports), CultureInfo.InvariantCulture);
        await using (var worker = await installation.RunUntilUpAsync($"--Ledger:Postgres={database}"))
        {
            // Nothing of what stands in InfluxDB is written again.
            Assert.Equal("0", await look.ValueAsync("SELECT COUNT(*) FROM publish_rebuild"));
            Assert.Equal("0", await look.ValueAsync("SELECT COUNT(*) FROM outbox"));

            var again = await PushAsync(worker, secret, "lan-day-so-1", 5);
            Assert.Equal((HttpStatusCode.OK, ""), Failure(again)); // answered as it was then
            Assert.Equal(reports, int.Parse(await look.ValueAsync(Reports), CultureInfo.InvariantCulture));
            Assert.Equal((HttpStatusCode.OK, ""), Failure(await PushAsync(worker, secret, "lan-day-so-2", 6)));
            Assert.Equal(HttpStatusCode.Unauthorized, (await PushAsync(worker, secret + "x", "lan-day-so-3", 6)).Status);
            await installation.DoAsync(
                "import",
                installation.Write(
                    "next.csv",
                    $"{Header}TN-A01,TN-A01.01,97001,2022-02,102,,\nTN-A01,TN-A01.01,97009,2022-02,3,,\n"
                ),
                "--set",
                TestSet.Code,
                $"--Ledger:Postgres={database}"
            );
            await Eventually.SeesAsync(
                "an empty outbox",
                () => look.ValueAsync("SELECT COUNT(*) FROM outbox"),
                waiting => waiting == "0",
                Installation.Patience,
                Token,
                () => worker.Said
            );
            Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(20), Token));
        }
        Assert.Equal((reports + 2).ToString(CultureInfo.InvariantCulture), await look.ValueAsync(Reports));
        string[] served = [$"--Ledger:Postgres={database}"];
        var figures = new List<ExportedFigure>();
        foreach (var set in (string[])["cchc", TestSet.Code, OfficeSet.Code])
            figures.AddRange(
                ExportedFigure.Read(await installation.DoAsync(["export", "--set", set, "--format", "json", .. served]))
            );
        Assert.Contains(
            figures,
            figure => figure["area"] == "97001" && figure["period"] == "2022-02" && figure["value"] == "102"
        );
        await BoardPoints.EqualAsync(influx, figures, Token);
    }

    private static async Task<List<string>> AskAsync(Installation installation, string? database)
    {
        var answers = new List<string>();
        foreach (var question in Questions)
        {
            var answer = await installation.CommandAsync(
                database is null ? question : [.. question, $"--Ledger:Postgres={database}"]
            );
            Assert.True(answer.Output.Count > 0, $"{string.Join(' ', question)}: {answer}");
            var said = answer.Output.Where(line =>
                !line.Contains("_ms\":", StringComparison.Ordinal) // how long it took
                && !line.Contains("\"next\":", StringComparison.Ordinal) // counts from when it was asked
            );
            answers.Add($"{string.Join(' ', question)}: {answer.ExitCode} {string.Join('\n', said)}");
        }
        return answers;
    }

    private static WorkerProcess Copy(Installation installation, string database) =>
        installation.Start("ledger", "copy", "--json", $"--Ledger:Postgres={database}");

    private static async Task<CommandResult> CopyAsync(Installation installation, string database)
    {
        await using var copy = Copy(installation, database);
        return new(await copy.WaitForExitAsync(Installation.Patience, Token), copy.Output, copy.Error);
    }
}
