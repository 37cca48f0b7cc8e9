using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Changes;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the commands of the schedule work with, in a process that is not the worker.</summary>
internal sealed class ScheduleTools : IDisposable
{
    private readonly HttpClient client;
    private readonly CollectionRounds rounds;

    private ScheduleTools(Engine engine, EngineOptions options, TimeProvider clock)
    {
        Engine = engine;
        client = HttpSource.CreateClient();
        rounds = CollectionSetup.Rounds(engine, options, client, clock, NullLogger<CollectionRounds>.Instance);
        Seams = CollectionSetup.Seams(options, rounds, clock);
        Desk = new(engine.Catalog, engine.Ledger, options.Schedule.Cron, Seams);
    }

    public Engine Engine { get; }

    public ScheduleSeams Seams { get; }

    public ScheduleDesk Desk { get; }

    /// <exception cref="CommandException">The settings have faults.</exception>
    public static ScheduleTools Of(Engine engine, TimeProvider clock)
    {
        var options = EngineOptions.Bind(engine.Settings.Configuration);
        var faults = HttpSourceOptionsCheck.Faults(options.HttpSources, engine.Catalog).ToList();
        return faults.Count == 0
            ? new(engine, options, clock)
            : throw new CommandException(string.Join(Environment.NewLine, faults));
    }

    public void Dispose()
    {
        rounds.Dispose();
        client.Dispose();
    }
}
