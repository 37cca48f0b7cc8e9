using System.Globalization;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A worker and several imports at once on one ledger, which none of them found there.</summary>
[Collection(WorkerTests.Name)]
public sealed class TwoProcessesTest
{
    private const int Offices = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ImportsAndWorker_AtOnceOnOneLedger_LoseNothing()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        var communes = TestSet.Communes.Chunk(TestSet.Communes.Count / Offices).Take(Offices);
        var importers = communes.Select((own, at) => new Reporter(new Random(at), TestSet.FirstMeasures, own)).ToList();
        var sender = new Reporter(new Random(99), TestSet.SecondMeasures, TestSet.Communes);

        await using var worker = installation.Run("--Inbox:SettleSeconds=0");
        for (var round = 1; round <= 2; round++)
        {
            var reports = importers.Select((office, at) => office.Next(Name(at, round), 800, 2)).ToList();
            var imports = reports.ConvertAll(report =>
                installation.CommandAsync("import", installation.Write(report.Name, report.Text), "--set", TestSet.Code)
            );
            var sent = sender.Next(Name(Offices, round), 2000, 1);
            installation.Drop(TestSet.Code, sent.Name, sent.Text);
            foreach (var (report, result) in reports.Zip(await Task.WhenAll(imports)))
            {
                Assert.Equal((report.Rows, report.Recorded, report.Repeated, 2), result.Counts());
                Assert.Equal(2, result.ExitCode);
                Assert.Equal(2, result.Error.Count);
            }
        }
        await installation.AllCollectedAsync(TestSet.Code, worker);
        await installation.AllPublishedAsync(worker);

        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        Assert.Empty(worker.Error);
        Assert.DoesNotContain(worker.Output, line => line.Contains("locked", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(worker.Output, line => line.Contains("fail:", StringComparison.Ordinal));
        var figures = await installation.ExportAsync(TestSet.Code);
        Expectations.Equal([.. importers, sender], figures);
        await BoardPoints.EqualAsync(influx, figures, Token);
    }

    private static string Name(int office, int round) =>
        string.Create(CultureInfo.InvariantCulture, $"office-{office}-{round}.csv");
}
