using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Pipeline.Sources.Sites;
using KpiMetrics.Worker.Api;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Demo;
using KpiMetrics.Worker.Logs;
using KpiMetrics.Worker.Scheduling.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Puts the worker together: the engine's parts, Quartz on its RAM store, one job per indicator and frequency.</summary>
public static class WorkerHost
{
    /// <summary>How long jobs that are under way may take to end once the worker is told to stop.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A host that is not started yet; the demo agency, where it is on, listens already.</summary>
    /// <exception cref="CommandException">The settings have faults.</exception>
    public static async Task<WebApplication> BuildAsync(Engine engine, TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = EngineOptions.Bind(engine.Settings.Configuration);
        var crons = CollectCron.Faults(options.Schedule.Cron, clock.GetUtcNow()).ToList();
        if (crons.Count > 0)
            throw new CommandException(string.Join(Environment.NewLine, crons));
        var sources = await PulledSet.StartAsync(engine, options, clock, cancellationToken);
        try
        {
            return Build(engine, options, sources, clock);
        }
        catch
        {
            await sources.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(Engine engine, EngineOptions options, PulledSet sources, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        LogSetup.Add(builder.Logging, engine.Settings.Configuration);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(_ => sources); // by a factory, so that the host disposes it
        builder.Services.AddCollection(engine, options, sources);
        if (options.Influx.Url is not null)
            AddPublishing(builder.Services, engine, options.Influx);
        AddQuartz(builder.Services, engine, options, clock);
        ApiHost.Add(builder, engine);
        try
        {
            var app = builder.Build();
            ApiHost.Map(app);
            return app;
        }
        catch (InvalidOperationException fault)
        {
            throw new CommandException($"The settings cannot be read: {fault.Message}");
        }
    }

    /// <summary>Runs until the process or the token is told to stop.</summary>
    /// <exception cref="OperationCanceledException">The token was while the worker was still starting.</exception>
    public static async Task RunAsync(IHost host, Engine engine, CancellationToken cancellationToken)
    {
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("KpiMetrics");
        var clock = host.Services.GetRequiredService<TimeProvider>();
        await engine.Ledger.MarkRefusedAsync(clock.GetUtcNow(), cancellationToken); // the catalog or the server may have changed
        await engine.KeepCatalogAsync(cancellationToken);
        if (host.Services.GetService<PublishRounds>() is not null)
        {
            var changed = new PublishedCatalog(engine.Settings);
            if (await changed.MarkWhereChangedAsync(engine.Ledger, clock.GetUtcNow(), cancellationToken) is { } marked)
                WorkerLog.CatalogChanged(logger, marked);
        }
        var sources = host.Services.GetRequiredService<PulledSet>();
        MakeInboxes(engine, sources.Site);
        // All that may be broken off stands before the start: a host that has started is stopped in order.
        var waiting = (await engine.Ledger.ReadStatusAsync(cancellationToken)).Waiting;
        // One after the other: the first makes what the next finds.
        await using (await host.Services.GetRequiredService<ClaimKeeper>().TakeAsync(ClaimNames.Start, cancellationToken))
            await host.StartAsync(cancellationToken);
        WorkerLog.Up(
            logger,
            engine.Catalog.Sets.Count,
            JobPlan
                .Of(engine.Catalog, new Dictionary<string, string>(), ScheduleOverrides.None, clock.GetUtcNow(), _ => false)
                .Jobs.Count,
            engine.Ledger.Place,
            engine.Settings.Inbox
        );
        var options = EngineOptions.Bind(engine.Settings.Configuration);
        ClusterLog.Named(logger, options.Worker.ShownName, ProcessName.Own);
        foreach (var address in ApiHost.AddressesOf(host))
            WorkerLog.Listening(logger, address);
        if (sources.Demo is { } demo)
            DemoLog.IsOn(logger, demo.Address, engine.Ledger.Place);
        if (host.Services.GetService<PublishRounds>() is null)
            WorkerLog.NotPublishing(logger, waiting);
        await host.WaitForShutdownAsync(cancellationToken);
    }

    // There when "is up" is said, for who drops a file at once.
    private static void MakeInboxes(Engine engine, Site site)
    {
        var ofSets = engine.Catalog.Sets.Select(set => Path.Combine(engine.Settings.Inbox, set.Code));
        foreach (var folder in ofSets.Concat(site.Inboxes.Select(inbox => inbox.Folder)))
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The first visit to the inbox says what is in the way, and goes on with the others.
            }
        }
    }

    private static void AddPublishing(IServiceCollection services, Engine engine, InfluxOptions options)
    {
        services.AddSingleton(_ => InfluxWriters.CreateClient());
        services.AddSingleton(provider =>
            InfluxWriters.Create(
                provider.GetRequiredService<HttpClient>(),
                options,
                provider.GetRequiredService<ILoggerFactory>().CreateLogger<PublishStage>()
            )
        );
        services.AddSingleton(provider => new EngineRounds(
            engine.Ledger,
            provider.GetRequiredService<IInfluxWriter>(),
            provider.GetRequiredService<OpenCount>(),
            EngineOptions.Bind(engine.Settings.Configuration).Worker.ShownName
        ));
        services.AddSingleton(provider =>
            new PublishRounds(
                new PublishStage(
                    engine.Ledger,
                    engine.Ledger,
                    provider.GetRequiredService<IInfluxWriter>(),
                    engine.Catalog,
                    VietnamTime.Zone
                )
                {
                    LeavesNews = true,
                },
                engine.PublishGate(options, provider.GetRequiredService<TimeProvider>(), rests: true),
                engine.Ledger,
                provider.GetRequiredService<KpiMeters>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<PublishRounds>>()
            ).Observed()
        );
    }

    private static RingStore? Rings(EngineOptions options) =>
        options.Ledger.Postgres.Length == 0
            ? null
            : new(options.Ledger.Postgres, ProcessName.Own, TimeSpan.FromSeconds(options.Worker.LeaseSeconds));

    private static void AddQuartz(IServiceCollection services, Engine engine, EngineOptions options, TimeProvider clock) =>
        services.AddSchedule(
            engine.Catalog,
            engine.Ledger,
            options.Schedule,
            quartz =>
            {
                QuartzSetup.AddEvery<ObligationJob>(quartz, TimeSpan.FromSeconds(1));
                QuartzSetup.AddEvery<OpenCountJob>(quartz, OpenCountJob.Interval);
                QuartzSetup.AddEvery<InboxJob>(quartz, TimeSpan.FromSeconds(options.Inbox.PollSeconds));
                QuartzSetup.AddEvery<ImportJob>(quartz, ImportJob.Interval);
                // What must be there at once goes first when a worker starts.
                var looks = TimeSpan.FromSeconds(options.Checks.PollSeconds);
                QuartzSetup.AddEvery<CheckJob>(quartz, looks, clock.GetUtcNow() + looks);
                var rounds = TimeSpan.FromSeconds(options.Alerting.PollSeconds);
                QuartzSetup.AddEvery<AlertJob>(quartz, rounds, clock.GetUtcNow() + rounds);
                if (options.Influx.Url is null)
                    return;
                QuartzSetup.AddEvery<PublishJob>(quartz, TimeSpan.FromSeconds(options.Schedule.PublishSeconds));
                QuartzSetup.AddEvery<EngineJob>(quartz, EngineJob.Interval);
            },
            Rings(options)
        );
}
