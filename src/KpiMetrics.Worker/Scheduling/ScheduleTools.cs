using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Changes;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the commands of the schedule work with, in a process that is not the worker.</summary>
internal sealed class ScheduleTools : IAsyncDisposable
{
    private readonly PulledSet sources;
    private readonly CollectionRounds rounds;
    private readonly KpiMeters meters;

    private ScheduleTools(
        Engine engine,
        PulledSet sources,
        CollectionRounds rounds,
        KpiMeters meters,
        ScheduleSeams seams,
        ScheduleDesk desk
    )
    {
        (this.sources, this.rounds, this.meters) = (sources, rounds, meters);
        (Engine, Seams, Desk) = (engine, seams, desk);
    }

    public Engine Engine { get; }

    public ScheduleSeams Seams { get; }

    public ScheduleDesk Desk { get; }

    /// <exception cref="CommandException">The settings or the site file have faults.</exception>
    public static async Task<ScheduleTools> OfAsync(Engine engine, TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = EngineOptions.Bind(engine.Settings.Configuration);
        var pulled = await PulledSet.StartAsync(engine, options, clock, cancellationToken);
        var unread = new KpiMeters();
        var claims = CollectionSetup.Claims(engine, options, clock);
        var work = CollectionSetup.Rounds(engine, options, pulled, claims, unread, clock, NullLogger<CollectionRounds>.Instance);
        var stage = CollectionSetup.Obligations(engine, options, clock);
        await stage.ReadHourlyAsync(clock.GetUtcNow(), cancellationToken);
        var seams = CollectionSetup.Seams(engine, pulled, work, stage.Hourly.Contains, clock, _ => { }, _ => { });
        return new(engine, pulled, work, unread, seams, new(engine.Catalog, engine.Ledger, options.Schedule.Cron, seams));
    }

    public async ValueTask DisposeAsync()
    {
        rounds.Dispose();
        meters.Dispose();
        await sources.DisposeAsync();
    }
}
