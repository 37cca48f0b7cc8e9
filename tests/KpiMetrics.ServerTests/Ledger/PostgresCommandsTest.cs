using System.Globalization;
using KpiMetrics.ServerTests.Ledger.Views;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using Npgsql;

namespace KpiMetrics.ServerTests.Ledger;

/// <summary>The program on a ledger in PostgreSQL says what it says on one in SQLite.</summary>
[Collection(WorkerTests.Name)]
public sealed class PostgresCommandsTest(SharedPostgres postgres)
{
    private const string At = "2026-02-20T08:00:00+07:00";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_OnBothStores_SayTheSame()
    {
        using var embedded = new Installation();
        using var served = new Installation { Postgres = await postgres.CreateDatabaseAsync(Token) };
        var migrated = await served.DoAsync("migrate");
        Assert.Contains("0001_ledger: done", migrated);
        Assert.Contains("The names of the catalog, for boards: done", migrated);
        Assert.DoesNotContain("done", string.Join(' ', await served.DoAsync("migrate")), StringComparison.Ordinal);

        foreach (
            var command in (string[][])
                [
                    ["import", Seeds.Forms, "--set", "cchc", "--source", "forms", "--received-at", At],
                    ["import", Seeds.Narrative, "--set", "cchc", "--source", "narrative", "--received-at", At],
                    ["export", "--set", "cchc"],
                    ["export", "--set", "cchc", "--as-of", "2026-01-01T00:00:00+07:00"],
                    ["check", "--set", "cchc", "--at", At],
                    ["obligations", "--set", TestSet.Code, "--from", "2022-01", "--to", "2022-03", "--at", At, "--json"],
                    ["schedule", "list", "--set", TestSet.Code, "--json"],
                    ["emergency", "list", "--json"],
                ]
        )
        {
            var (expected, found) = (await embedded.CommandAsync(command), await served.CommandAsync(command));
            Assert.True(expected.Output.Count > 0, string.Join(' ', command) + ": " + expected);
            Assert.Equal((command, expected.ExitCode), (command, found.ExitCode));
            Assert.Equal(expected.Output, found.Output);
        }
        Assert.False(File.Exists(served.LedgerFile));
    }

    [Fact]
    public async Task Run_OnPostgres_TakesWhatIsDroppedIn()
    {
        using var installation = new Installation { Postgres = await postgres.CreateDatabaseAsync(Token) };
        await using var worker = installation.Run();
        await worker.WaitForLineAsync("KpiMetrics is up", Installation.Patience, Token);

        installation.Drop(
            TestSet.Code,
            "thang.csv",
            "indicator,measure,area,period,value:en\nTN-A01,TN-A01.01,97001,2022-01,1.50\n"
        );
        await installation.AllCollectedAsync(TestSet.Code, worker);

        var reported = (await installation.ExportAsync(TestSet.Code)).Where(figure => figure.IsReported);
        Assert.Equal("1.50", Assert.Single(reported)["value"]);
        await using (var views = new ViewReader(installation.Postgres))
        {
            Assert.Equal(
                "Chăn nuôi|Sản lượng|Tấn|Xã 97001|Sở Nông nghiệp|2022-01|1.50|inbox",
                await views.OneAsync(
                    "SELECT indicator_name, measure_name, unit, area_name, agency, period, value, source FROM v_latest"
                )
            );
            Assert.Equal("1", await views.OneAsync("SELECT workers FROM v_engine"));
        }
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(20), Token));
        var password = new NpgsqlConnectionStringBuilder(installation.Postgres).Password;
        Assert.DoesNotContain(password ?? "", worker.Said, StringComparison.Ordinal);
        Assert.Contains("ledger PostgreSQL 127.0.0.1:", worker.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=PORT;Database=kpi;Username=kpi;Password=secret", "PostgreSQL 127.0.0.1:PORT/kpi")]
    [InlineData("Host=127.0.0.1;Port=secret", "Ledger:Postgres")]
    public async Task Commands_WithoutAServer_SayInOneLineWhereItShouldBe(string ledger, string place)
    {
        var port = LocalPort.Free().ToString(CultureInfo.InvariantCulture);
        using var installation = new Installation { Postgres = ledger.Replace("PORT", port, StringComparison.Ordinal) };

        var result = await installation.CommandAsync("migrate");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            place.Replace("PORT", port, StringComparison.Ordinal),
            Assert.Single(result.Error),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("secret", result.ToString(), StringComparison.Ordinal);
    }
}
