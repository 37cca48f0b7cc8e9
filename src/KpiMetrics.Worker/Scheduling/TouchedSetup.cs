using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Lets what this process takes in be tested at once.</summary>
internal static class TouchedSetup
{
    public static void AddTouchedChecks(this IServiceCollection services, Engine engine)
    {
        var touched = new TouchedSeries();
        engine.Intake.OnRecorded = touched.Add;
        services.AddSingleton(provider => new TouchedRounds(
            new TouchedChecks(engine.Catalog, engine.Ledger, engine.Ledger, engine.Ledger),
            touched,
            provider.GetRequiredService<ClaimKeeper>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TouchedRounds>>()
        ));
        services.AddHostedService(provider => new TouchedService(
            provider.GetRequiredService<TouchedRounds>(),
            touched,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TouchedService>>()
        ));
    }
}
