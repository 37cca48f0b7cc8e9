using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Puts together what duties do when they are rung.</summary>
internal static class CollectionSetup
{
    public static CollectionRounds Rounds(
        Engine engine,
        EngineOptions options,
        HttpClient client,
        TimeProvider clock,
        ILogger<CollectionRounds> logger
    )
    {
        var settle = TimeSpan.FromSeconds(options.Inbox.SettleSeconds);
        var locale = NumberLocaleName.Find(options.Inbox.Locale);
        return new(
            [
                .. engine.Catalog.Sets.Select(set => new InboxCollection(
                    set.Code,
                    new InboxFolder(Path.Combine(engine.Settings.Inbox, set.Code)),
                    engine.Intake,
                    engine.Ledger,
                    VietnamTime.Zone,
                    settle,
                    locale
                )),
            ],
            options
                .HttpSources.Select(source => new HttpSource(source, client, Environment.GetEnvironmentVariable, clock))
                .GroupBy(source => source.Options.Name, StringComparer.Ordinal)
                .ToDictionary(
                    group => group.Key,
                    group => new HttpCollection(engine.Catalog, [.. group], engine.Intake, VietnamTime.Zone),
                    StringComparer.Ordinal
                ),
            logger
        );
    }

    public static ScheduleSeams Seams(EngineOptions options, CollectionRounds rounds, TimeProvider clock) =>
        new(
            (duty, source, cancellationToken) => rounds.DutyAsync(duty, source, clock.GetUtcNow(), cancellationToken),
            Sources(options)
        );

    private static IReadOnlyList<ScheduledSource> Sources(EngineOptions options) =>
        [.. options.HttpSources.Select(source => new ScheduledSource(source.Name, source.Set, [.. source.Indicators]))];
}
