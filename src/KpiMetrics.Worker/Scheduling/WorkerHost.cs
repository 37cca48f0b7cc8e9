using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Worker.Api;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Puts the worker together: the engine's parts, Quartz on its RAM store, one job per indicator and frequency.</summary>
public static class WorkerHost
{
    /// <summary>How long jobs that are under way may take to end once the worker is told to stop.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="CommandException">The settings have faults.</exception>
    public static IHost Build(Engine engine, TimeProvider clock)
    {
        var options = EngineOptions.Bind(engine.Settings.Configuration);
        var faults = HttpSourceOptionsCheck
            .Faults(options.HttpSources, engine.Catalog)
            .Concat(CollectCron.Faults(options.Schedule.Cron, clock.GetUtcNow()))
            .ToList();
        if (faults.Count > 0)
            throw new CommandException(string.Join(Environment.NewLine, faults));
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddConfiguration(engine.Settings.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:sszzz ";
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(clock);
        AddCollection(builder.Services, engine, options);
        if (options.Influx.Url is not null)
            AddPublishing(builder.Services, engine, options.Influx);
        AddQuartz(builder.Services, engine.Catalog, options);
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
        if (host.Services.GetService<PublishRounds>() is not null)
        {
            var changed = new PublishedCatalog(engine.Settings);
            if (await changed.MarkWhereChangedAsync(engine.Ledger, clock.GetUtcNow(), cancellationToken) is { } marked)
                WorkerLog.CatalogChanged(logger, marked);
        }
        MakeInboxes(engine);
        await host.StartAsync(cancellationToken);
        WorkerLog.Up(
            logger,
            engine.Catalog.Sets.Count,
            Jobs(engine.Catalog).Count(),
            engine.Settings.LedgerFile,
            engine.Settings.Inbox
        );
        foreach (var address in ApiHost.AddressesOf(host))
            WorkerLog.Listening(logger, address);
        if (host.Services.GetService<PublishRounds>() is null)
            WorkerLog.NotPublishing(logger, (await engine.Ledger.ReadStatusAsync(cancellationToken)).Waiting);
        await host.WaitForShutdownAsync(cancellationToken);
    }

    // There when "is up" is said, for who drops a file at once.
    private static void MakeInboxes(Engine engine)
    {
        foreach (var set in engine.Catalog.Sets)
        {
            try
            {
                Directory.CreateDirectory(Path.Combine(engine.Settings.Inbox, set.Code));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The first visit to the inbox says what is in the way, and goes on with the others.
            }
        }
    }

    private static void AddCollection(IServiceCollection services, Engine engine, EngineOptions options)
    {
        var settle = TimeSpan.FromSeconds(options.Inbox.SettleSeconds);
        var locale = NumberLocaleName.Find(options.Inbox.Locale);
        var inboxes = engine
            .Catalog.Sets.Select(set => new InboxCollection(
                set.Code,
                new InboxFolder(Path.Combine(engine.Settings.Inbox, set.Code)),
                engine.Intake,
                engine.Ledger,
                VietnamTime.Zone,
                settle,
                locale
            ))
            .ToList();
        services.AddKeyedSingleton(nameof(HttpSource), (_, _) => HttpSource.CreateClient());
        services.AddSingleton(provider =>
        {
            var client = provider.GetRequiredKeyedService<HttpClient>(nameof(HttpSource));
            var clock = provider.GetRequiredService<TimeProvider>();
            var sources = options
                .HttpSources.Select(source => new HttpSource(source, client, Environment.GetEnvironmentVariable, clock))
                .ToList();
            return new HttpCollection(engine.Catalog, sources, engine.Intake, VietnamTime.Zone);
        });
        services.AddSingleton(provider => new CollectionRounds(
            inboxes,
            provider.GetRequiredService<HttpCollection>(),
            provider.GetRequiredService<ILogger<CollectionRounds>>()
        ));
    }

    private static void AddPublishing(IServiceCollection services, Engine engine, InfluxOptions options)
    {
        services.AddSingleton(_ => InfluxWriters.CreateClient());
        services.AddSingleton(provider => new PublishRounds(
            new PublishStage(
                engine.Ledger,
                engine.Ledger,
                InfluxWriters.Create(
                    provider.GetRequiredService<HttpClient>(),
                    options,
                    provider.GetRequiredService<ILoggerFactory>().CreateLogger<PublishStage>()
                ),
                engine.Catalog,
                VietnamTime.Zone
            ),
            new PublishLock(engine.Settings.LockFile),
            provider.GetRequiredService<ILogger<PublishRounds>>()
        ));
    }

    private static void AddQuartz(IServiceCollection services, CatalogSnapshot catalog, EngineOptions options)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultTimeZone(VietnamTime.Zone);
            quartz.UseInMemoryStore();
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.UseDefaultThreadPool(pool => pool.MaxConcurrency = Jobs(catalog).Count() + 2);
            foreach (var (set, indicator, frequency) in Jobs(catalog))
                AddCollectJob(quartz, set.Code, indicator.Code, frequency, options.Schedule.Cron);
            AddEvery<InboxJob>(quartz, TimeSpan.FromSeconds(options.Inbox.PollSeconds));
            if (options.Influx.Url is not null)
                AddEvery<PublishJob>(quartz, TimeSpan.FromSeconds(options.Schedule.PublishSeconds));
        });
        services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
        services.AddSingleton<IReadyCheck, SchedulerReady>();
    }

    private static void AddCollectJob(
        IQuartzBuilder quartz,
        string set,
        string indicator,
        Frequency frequency,
        IDictionary<string, string> configured
    )
    {
        var key = new JobKey($"{set}/{indicator}/{frequency.Code()}", CollectJob.Group);
        quartz.AddJob<CollectJob>(job =>
            job.WithIdentity(key)
                .UsingJobData(CollectJob.SetKey, set)
                .UsingJobData(CollectJob.IndicatorKey, indicator)
                .UsingJobData(CollectJob.FrequencyKey, frequency.Code())
        );
        quartz.AddTrigger(trigger =>
            trigger
                .ForJob(key)
                .WithIdentity(key.Name, CollectJob.Group)
                .WithCronSchedule(
                    CollectCron.For(set, indicator, frequency, configured),
                    cron => cron.InTimeZone(VietnamTime.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)
                )
        );
    }

    private static void AddEvery<TJob>(IQuartzBuilder quartz, TimeSpan interval)
        where TJob : IJob
    {
        var key = new JobKey(typeof(TJob).Name);
        quartz.AddJob<TJob>(job => job.WithIdentity(key));
        quartz.AddTrigger(trigger =>
            trigger.ForJob(key).StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever())
        );
    }

    private static IEnumerable<(IndicatorSet Set, Indicator Indicator, Frequency Frequency)> Jobs(CatalogSnapshot catalog) =>
        from set in catalog.Sets
        from indicator in set.Indicators
        from frequency in indicator.AllFrequencies
        select (set, indicator, frequency);
}
