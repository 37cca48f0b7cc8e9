using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Sites;
using KpiMetrics.Worker.Demo;

namespace KpiMetrics.Worker.Composition;

/// <summary>The sources that are asked, kept for the life of a process: those of the site file, and the demo agency where it is on, which listens while this lives.</summary>
public sealed class PulledSet : IAsyncDisposable
{
    private readonly HttpClient client;

    private PulledSet(Site site, DemoAgency? demo, HttpClient client, IReadOnlyList<IPulledSource> all)
    {
        (Site, Demo, this.client, All) = (site, demo, client, all);
    }

    public Site Site { get; }

    /// <summary>Null where the demo is off.</summary>
    public DemoAgency? Demo { get; }

    public IReadOnlyList<IPulledSource> All { get; }

    /// <exception cref="CommandException">The site file has faults, each a line of the message.</exception>
    public static async Task<PulledSet> StartAsync(
        Engine engine,
        EngineOptions options,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var reading = SiteFile.Read(engine);
        if (reading.Site is not { } site)
            throw new CommandException(string.Join(Environment.NewLine, reading.Faults));
        var demo = options.Demo.Enabled
            ? await DemoAgency.StartAsync(
                engine.Catalog,
                options.Demo,
                (set, indicator, period) =>
                    (
                        set.WindowOf(indicator, period).ClosesAt(VietnamTime.Zone),
                        Instant(DueDates.Of(set, indicator, period, engine.Catalog.Calendar).Due)
                    ),
                clock,
                cancellationToken
            )
            : null;
        var shared = HttpSource.CreateClient();
        var sources = demo is null ? site.Sources : [.. site.Sources, .. DemoSite.Sources(demo.Address)];
        var failed = new FailedAnswerFolder(engine.Settings.FailedAnswers, clock);
        return new(site, demo, shared, PulledSources.Of(sources, shared, Environment.GetEnvironmentVariable, failed, clock));
    }

    /// <summary>The source with the name that serves the duty; null where none does.</summary>
    public IPulledSource? Find(Duty duty, string name) =>
        All.FirstOrDefault(source => source.Options.Name == name && source.Options.Serves(duty.Set, duty.Indicator));

    /// <summary>True where some source is asked for the indicator.</summary>
    public bool IsPulled(string set, string indicator) => All.Any(source => source.Options.Serves(set, indicator));

    /// <summary>True where the source with the name is asked for the duty.</summary>
    public bool IsAsked(string name, Duty duty) => Find(duty, name) is not null;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (Demo is not null)
            await Demo.DisposeAsync();
    }

    private static DateTimeOffset Instant(DateTime local) => new(local, VietnamTime.Zone.GetUtcOffset(local));
}
