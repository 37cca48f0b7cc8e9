using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Cluster;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Puts together what duties do when they are rung, and what makes obligations.</summary>
internal static class CollectionSetup
{
    // How far back the demo's obligations go: as far as all its communes report by the day.
    private const int DemoDays = 60;

    // A backfill that is given again within this time goes on where it was broken off.
    private static readonly TimeSpan Resumed = TimeSpan.FromHours(1);

    public static void AddCollection(this IServiceCollection services, Engine engine, EngineOptions options, PulledSet sources)
    {
        services.AddSingleton(provider => Claims(engine, options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
            new ClaimWatch(
                engine.Ledger,
                provider.GetRequiredService<ClaimKeeper>(),
                provider.GetRequiredService<LaneSet>(),
                provider.GetRequiredService<JobSync>(),
                options.Worker,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ClaimWatch>>()
            ).Observed(provider.GetRequiredService<KpiMeters>())
        );
        services.AddHostedService(provider => provider.GetRequiredService<ClaimWatch>());
        services.AddSingleton(provider => new ObligationRounds(
            Obligations(engine, options, provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<ClaimKeeper>(),
            provider.GetRequiredService<ILogger<ObligationRounds>>()
        ));
        services.AddSingleton(provider =>
            Rounds(
                engine,
                options,
                sources,
                provider.GetRequiredService<ClaimKeeper>(),
                provider.GetRequiredService<KpiMeters>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<CollectionRounds>>()
            )
        );
        services.AddSingleton(provider =>
            Seams(
                engine,
                sources,
                provider.GetRequiredService<CollectionRounds>(),
                provider.GetRequiredService<ObligationRounds>().IsHourly,
                provider.GetRequiredService<TimeProvider>(),
                // To the end of the queue: others come first, then it goes on.
                duty => provider.GetRequiredService<LaneSet>().Ring(duty, PlannedJob.DefaultPriority),
                duty => provider.GetRequiredService<ClaimWatch>().LookAgain(duty)
            )
        );
        services.AddSingleton(provider => new CheckRounds(
            Checks(engine, options),
            provider.GetRequiredService<ClaimKeeper>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CheckRounds>>()
        ));
        services.AddTouched(engine);
        AddAlerts(services, engine, options, sources);
        services.AddSingleton(provider => new OpenCount(engine.Ledger, provider.GetRequiredService<KpiMeters>()));
        if (sources.Demo is null)
            return;
        services.AddSingleton(provider => new HistoryLoading(provider.GetRequiredService<TimeProvider>().GetUtcNow()));
        services.AddHostedService<DemoHistoryService>();
    }

    private static void AddAlerts(IServiceCollection services, Engine engine, EngineOptions options, PulledSet sources)
    {
        services.AddSingleton(provider =>
        {
            var logger = provider.GetRequiredService<ILogger<AlertRounds>>();
            return new AlertDelivery(
                options.Alerting,
                engine.Catalog,
                VietnamTime.Zone,
                provider.GetRequiredService<TimeProvider>(),
                (address, fault) => WorkerLog.AlertmanagerAway(logger, address, fault),
                address => WorkerLog.AlertmanagerBack(logger, address)
            )
            {
                OnRefused = (address, fault) => WorkerLog.AlertmanagerRefuses(logger, address, fault),
            };
        });
        services.AddSingleton(provider => new AlertRounds(
            new AlertStage(
                engine.Ledger,
                AlertProviders.Of(engine.Catalog, engine.Ledger, sources.IsPulled, sources.IsAsked, VietnamTime.Zone),
                new AlertRound(new Escalation(engine.Catalog.Calendar, VietnamTime.Zone))
            ),
            new MorningDigests(engine.Catalog, engine.Ledger, sources.IsPulled, VietnamTime.Zone),
            provider.GetRequiredService<AlertDelivery>(),
            engine.Ledger,
            provider.GetRequiredService<ClaimKeeper>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AlertRounds>>()
        )
        {
            Loading = provider.GetService<HistoryLoading>(),
        });
        services.AddHostedService(provider => new HolidayWatch(
            engine.Catalog.Calendar,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HolidayWatch>>()
        ));
    }

    public static ClaimKeeper Claims(Engine engine, EngineOptions options, TimeProvider clock) =>
        new(engine.Ledger, ProcessName.Own, ProcessName.IsGone, TimeSpan.FromSeconds(options.Worker.LeaseSeconds), clock);

    public static CollectionRounds Rounds(
        Engine engine,
        EngineOptions options,
        PulledSet sources,
        ClaimKeeper claims,
        KpiMeters meters,
        TimeProvider clock,
        ILogger<CollectionRounds> logger
    ) =>
        new(
            Inboxes(engine, options, sources, claims),
            new DutyCollection(engine.Catalog, engine.Intake, engine.Ledger, engine.Ledger, claims, VietnamTime.Zone),
            sources,
            meters,
            clock,
            logger
        );

    /// <param name="isHourly">Whether an emergency obliges the duty.</param>
    /// <param name="onMore">Told of a duty of which more is waiting than one visit asks for.</param>
    /// <param name="onElsewhere">Told of a duty that another worker is at.</param>
    public static ScheduleSeams Seams(
        Engine engine,
        PulledSet sources,
        CollectionRounds rounds,
        Func<Duty, bool> isHourly,
        TimeProvider clock,
        Action<Duty> onMore,
        Action<Duty> onElsewhere
    )
    {
        var facts = new DutyFacts(engine);
        return new(WorkAsync, [.. sources.All.Select(source => Scheduled(source.Options))])
        {
            IsEmergency = isHourly,
            WasEmergency = facts.WasEmergency,
            DueOf = facts.DueOf,
            TouchedAsync = (duties, cancellationToken) => facts.TouchedAsync(duties, clock.GetUtcNow(), cancellationToken),
            LastRunsAsync = facts.LastRunsAsync,
            Backfill = (questions, progress, cancellationToken) =>
                rounds.BackfillAsync(
                    questions,
                    clock.GetUtcNow() - Resumed,
                    clock.GetUtcNow,
                    (done, _) => progress.Report(done),
                    cancellationToken
                ),
        };

        async Task<string> WorkAsync(Duty duty, string source, CancellationToken cancellationToken)
        {
            var visit = await rounds.DutyAsync(duty, source, clock.GetUtcNow(), cancellationToken);
            if (visit.HasMore)
                onMore(duty);
            if (visit.IsElsewhere)
                onElsewhere(duty);
            return visit.Outcome;
        }
    }

    private static ScheduledSource Scheduled(Pipeline.Sources.SourceOptions options) =>
        new(options.Name, options.Set, [.. options.Indicators], options.Concurrency, options.PeriodsPerQuestion);

    public static ObligationStage Obligations(Engine engine, EngineOptions options, TimeProvider clock)
    {
        var since = options.Obligations.Since;
        if (since is null && options.Demo.Enabled)
            since = LocalDay.Of(clock.GetUtcNow()).AddDays(-DemoDays);
        var settings = engine.Settings;
        var catalog = CatalogFingerprint.Of([.. settings.CatalogFolders, .. settings.Areas.Files], Guid.Empty);
        return new(
            engine.Catalog,
            FormattableString.Invariant(
                $"{catalog} {engine.Catalog.Calendar.Version} {since:yyyy-MM-dd} {ObligationPlan.Revision}"
            ),
            since,
            engine.Ledger,
            engine.Ledger,
            VietnamTime.Zone
        );
    }

    private static CheckStage Checks(Engine engine, EngineOptions options)
    {
        var settings = engine.Settings;
        var catalog = CatalogFingerprint.Of(
            [.. settings.CatalogFolders, .. settings.Areas.Files],
            typeof(IndicatorSet).Module.ModuleVersionId
        );
        return new(
            engine.Catalog,
            engine.Ledger,
            engine.Ledger,
            engine.Ledger,
            $"{catalog} {typeof(CheckStage).Module.ModuleVersionId:N}",
            TimeSpan.FromSeconds(options.Checks.RestSeconds)
        );
    }

    private static IReadOnlyList<InboxCollection> Inboxes(
        Engine engine,
        EngineOptions options,
        PulledSet sources,
        ClaimKeeper claims
    )
    {
        var settle = TimeSpan.FromSeconds(options.Inbox.SettleSeconds);
        var locale = NumberLocaleName.Find(options.Inbox.Locale);
        var ofSets = engine.Catalog.Sets.Select(set =>
            Inbox(
                engine,
                claims,
                set.Code,
                Path.Combine(engine.Settings.Inbox, set.Code),
                settle,
                locale,
                InboxCollection.Source,
                null
            )
        );
        var ofOffices = sources.Site.Inboxes.Select(inbox =>
            Inbox(engine, claims, inbox.Set, inbox.Folder, settle, NumberLocaleName.Find(inbox.Locale), inbox.Name, inbox.Agency)
        );
        return [.. ofSets, .. ofOffices];
    }

    private static InboxCollection Inbox(
        Engine engine,
        ClaimKeeper claims,
        string set,
        string folder,
        TimeSpan settle,
        NumberLocale? locale,
        string source,
        string? agency
    ) =>
        new(set, new InboxFolder(folder), engine.Intake, engine.Ledger, claims, VietnamTime.Zone, settle, locale, source, agency);
}
