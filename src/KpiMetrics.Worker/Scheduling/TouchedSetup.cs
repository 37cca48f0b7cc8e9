using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Lets what this process takes in be looked at at once: tested against its past, and by the hour held against thresholds; the latter also what others import.</summary>
internal static class TouchedSetup
{
    // Every commune of the country with some series each.
    private const int MostWatched = 50_000;

    // Tests compute, and the check of the set comes to what is left: most of the time belongs to those who report. Levels wait for nobody.
    private const int RestOfTests = 4;
    private const int RestOfLevels = 1;

    public static void AddTouched(this IServiceCollection services, Engine engine)
    {
        var (touched, watched) = (new TouchedSeries(), new TouchedSeries(MostWatched));
        var alerts = new TouchedAlerts(
            engine.Ledger,
            new ThresholdAlerts(engine.Catalog, engine.Ledger, engine.Ledger, VietnamTime.Zone),
            new AlertRound(new Escalation(engine.Catalog.Calendar, VietnamTime.Zone))
        );
        engine.Intake.OnRecorded = (source, since) =>
        {
            touched.Add(source, since);
            var some = since.Keys.Where(alerts.IsWatched).ToList();
            if (some.Count > 0)
                watched.Add(source, some);
        };
        services.AddSingleton(provider => new TouchedRounds(
            new TouchedChecks(engine.Catalog, engine.Ledger, engine.Ledger, engine.Ledger),
            touched,
            provider.GetRequiredService<ClaimKeeper>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TouchedRounds>>()
        ));
        services.AddSingleton(provider => new ThresholdRounds(
            alerts,
            watched,
            provider.GetRequiredService<AlertDelivery>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ThresholdRounds>>()
        ));
        services.AddSingleton(provider => new ImportRounds(
            engine.Ledger,
            alerts,
            watched,
            provider.GetRequiredService<TimeProvider>()
        ));
        AddService(services, touched, RestOfTests, provider => provider.GetRequiredService<TouchedRounds>().RunAsync);
        AddService(services, watched, RestOfLevels, provider => provider.GetRequiredService<ThresholdRounds>().RunAsync);
    }

    // Each waits for its own: a test that takes long keeps no river waiting. Not AddHostedService, which adds one of a kind.
    private static void AddService(
        IServiceCollection services,
        TouchedSeries touched,
        int rest,
        Func<IServiceProvider, Func<CancellationToken, Task>> run
    ) =>
        services.AddSingleton<IHostedService>(provider => new TouchedService(
            run(provider),
            touched,
            rest,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TouchedService>>()
        ));
}
