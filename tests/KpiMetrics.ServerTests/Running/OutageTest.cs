using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>InfluxDB goes away, comes back, or comes back empty.</summary>
[Collection(WorkerTests.Name)]
public sealed class OutageTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InfluxStopped_CollectionGoesOnAndAllArrivesAfterwards()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        await using var worker = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0");
        var office = new Reporter(new Random(1), TestSet.FirstMeasures, TestSet.Communes);
        installation.Drop(TestSet.Code, "before.csv", office.Next("before.csv", 500, 0).Text);
        await installation.AllCollectedAsync(TestSet.Code, worker);
        await installation.AllPublishedAsync(worker);

        await influx.StopAsync();
        for (var report = 1; report <= 3; report++)
        {
            var name = $"while-away-{report}.csv";
            installation.Drop(TestSet.Code, name, office.Next(name, 500, 0).Text);
            await worker.WaitForLineAsync($"{name}: 500 rows", Installation.Patience, Token);
        }
        await worker.WaitForLineAsync("Nothing published, the outbox keeps everything", Installation.Patience, Token);
        var status = await installation.StatusAsync();
        Assert.True(status.GetProperty("configured").GetBoolean());
        Assert.InRange(status.GetProperty("waiting").GetInt64(), 500, 1500);
        Assert.False(worker.HasExited);
        // A round fails every second, but only what is new is said: a connection that breaks, then one that cannot be made.
        Assert.InRange(worker.Output.Count(line => line.Contains("Nothing published", StringComparison.Ordinal)), 1, 2);

        await influx.StartAgainAsync(Token);
        await worker.WaitForLineAsync("Publishing goes on", Installation.Patience, Token);
        await installation.AllPublishedAsync(worker);

        var figures = await installation.ExportAsync(TestSet.Code);
        Expectations.Equal(office, figures);
        await BoardPoints.EqualAsync(influx, figures, Token);
    }

    [Fact]
    public async Task InfluxWiped_RebuildFillsItAgain()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        var worker = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0");
        await using var ended = worker;
        var office = new Reporter(new Random(2), TestSet.FirstMeasures, TestSet.Communes);
        foreach (var name in new[] { "1.csv", "2.csv" })
        {
            installation.Drop(TestSet.Code, name, office.Next(name, 2000, 0).Text);
            await installation.AllCollectedAsync(TestSet.Code, worker);
        }
        await installation.AllPublishedAsync(worker);
        var figures = await installation.ExportAsync(TestSet.Code);
        Expectations.Equal(office, figures);
        await BoardPoints.EqualAsync(influx, figures, Token);

        // With the worker running.
        await influx.WipeAsync(Token);
        await installation.DoAsync("publish", "rebuild");
        await installation.AllPublishedAsync(worker);
        await BoardPoints.EqualAsync(influx, figures, Token);

        // With the worker stopped.
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        await influx.WipeAsync(Token);
        var lines = await installation.DoAsync("publish", "rebuild");
        Assert.Contains($"{figures.Count} points published, 0 deleted, 0 refused", lines);
        await BoardPoints.EqualAsync(influx, figures, Token);

        // Into one that is not empty it changes nothing.
        await installation.DoAsync("publish", "rebuild");
        await BoardPoints.EqualAsync(influx, figures, Token);
        Assert.Equal(0, (await installation.StatusAsync()).GetProperty("waiting").GetInt64());
    }
}
