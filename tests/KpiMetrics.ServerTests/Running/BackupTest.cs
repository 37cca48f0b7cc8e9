using System.Text.Json;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>The ledger is backed up while a worker takes figures in, lost, and restored; InfluxDB follows it.</summary>
[Collection(WorkerTests.Name)]
public sealed class BackupTest
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

    private static void Drop(Installation installation, Reporter office, int number)
    {
        var name = FormattableString.Invariant($"report-{number}.csv");
        installation.Drop(TestSet.Code, name, office.Next(name, RowsAReport, 0).Text);
    }
}
