using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Alerting;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.Tests.Scheduling;

/// <summary>What a command of another process records is seen once, and nothing else.</summary>
public sealed class ImportRoundsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_AnImportElsewhere_HasTheSeriesWithThresholdsLookedAtOnce()
    {
        using var world = await FloodWorld.CreateAsync();
        var touched = new TouchedSeries();
        var rounds = new ImportRounds(
            world.Ledger,
            new TouchedAlerts(world.Ledger, FloodWorld.Provider(world.Ledger), AlertWorld.Round),
            touched,
            new ManualClock(AlertWorld.Noon)
        );
        await ImportAsync(world, "2026-11-20T05", 1.3m);
        await rounds.RunAsync(Token);
        Assert.Empty(touched.Take()); // what was there before is for the first round of all alerts

        await world.ReportAsync("2026-11-20 07:05", "2026-11-20T06", 1.4m); // brought by no command
        await rounds.RunAsync(Token);
        Assert.Empty(touched.Take());

        await ImportAsync(world, "2026-11-20T07", 1.5m);
        await rounds.RunAsync(Token);
        Assert.Equal(FloodWorld.River, Assert.Single(touched.Take()));
        await ImportAsync(world, "2026-11-20T07", 1.5m); // nothing new
        await rounds.RunAsync(Token);
        Assert.Empty(touched.Take());
    }

    private static async Task ImportAsync(FloodWorld world, string hour, decimal value)
    {
        var at = DutyWorld.At("2026-11-20 09:00");
        await using var report = await world.Ledger.BeginAsync(
            new(FloodWorld.Set, "import", "lu.csv", at, false, at, ReportHeader.Command),
            Token
        );
        await report.AppendAsync(FloodWorld.River, Period.Parse(hour), FigureValue.Of(value), 'A', Vintage.Official, null, Token);
        await report.CommitAsync(0, Token);
    }
}
