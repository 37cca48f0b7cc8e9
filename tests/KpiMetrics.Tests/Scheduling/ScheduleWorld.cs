using System.Collections.Concurrent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Changes;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace KpiMetrics.Tests.Scheduling;

/// <summary>Real Quartz and a real ledger around a small catalog: <c>test/T-D</c> (D, M), <c>test/T-C</c> (H, D), <c>test/T-Y</c> (A, from 2027 on).</summary>
internal sealed class ScheduleWorld : IAsyncDisposable
{
    public static readonly CatalogSnapshot Catalog = new(
        [
            TestCatalog.Set with
            {
                Groups =
                [
                    new(
                        "I",
                        "Nhóm",
                        [
                            Indicator("T-D", Frequency.Day, Frequency.Month),
                            Indicator("T-C", Frequency.Hour, Frequency.Day),
                            Indicator("T-Y", Frequency.Year) with
                            {
                                From = new(2027, 1, 1),
                            },
                        ]
                    ),
                ],
            },
            TestCatalog.Set with
            {
                Code = "other",
                Groups = [new("I", "Nhóm", [Indicator("T-D", Frequency.Month)])],
            },
        ],
        []
    );

    private readonly TempFolder folder = new();
    private IHost? host;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Another handle each time, as another process would have.</summary>
    public SqliteLedger Ledger => new(folder.File("ledger.db"));

    public ConcurrentQueue<Duty> Worked { get; } = [];

    /// <summary>Those for which an emergency is in force.</summary>
    public ConcurrentDictionary<Duty, bool> Emergencies { get; } = [];

    public ScheduleSeams Seams =>
        new(
            (duty, _, _) =>
            {
                Worked.Enqueue(duty);
                return Task.FromResult("done");
            },
            [new("so-y-te", "test", ["T-D"])]
        )
        {
            IsEmergency = Emergencies.ContainsKey,
        };

    public ScheduleDesk Desk => new(Catalog, Ledger, new Dictionary<string, string>(), Seams);

    public JobSync Sync => Host.Services.GetRequiredService<JobSync>();

    /// <summary>What another worker, just started, does with the same scheduler.</summary>
    public JobSync Another() =>
        new(
            Catalog,
            Ledger,
            new Dictionary<string, string>(),
            Seams.IsEmergency,
            Host.Services.GetRequiredService<LaneSet>(),
            Host.Services.GetRequiredService<ILogger<JobSync>>()
        );

    private IHost Host => host ?? throw new InvalidOperationException("The world is not made.");

    public static Duty Duty(string indicator, Frequency frequency) => new("test", indicator, frequency);

    public static async Task<ScheduleWorld> CreateAsync(TimeProvider? clock = null)
    {
        var world = new ScheduleWorld();
        await world.Ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton(world.Seams);
        builder.Services.AddSchedule(Catalog, world.Ledger, new());
        world.host = builder.Build();
        return world;
    }

    public Task StartAsync() => Host.StartAsync(Token);

    public async Task<IScheduler> SchedulerAsync() =>
        await Host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Token);

    /// <summary>The scheduler's own jobs, with their next fire.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset?>> JobsAsync()
    {
        var scheduler = await SchedulerAsync();
        var jobs = new Dictionary<string, DateTimeOffset?>();
        foreach (var duty in Sync.Plan.Jobs.Select(job => job.Duty).Concat(Emergencies.Keys).Distinct())
        {
            var trigger = await scheduler.GetTrigger(new(duty.ToString(), "collect"), Token);
            if (trigger is not null)
                jobs.Add(duty.ToString(), trigger.NextFireTimeUtc);
        }
        return jobs;
    }

    public async Task<ScheduleVerdict> ChangeAsync(ScheduleChange change, DateTimeOffset at) =>
        await Desk.ChangeAsync(change, insists: true, at, Token);

    /// <summary>Waits for something that happens in another thread, no longer than <paramref name="patience"/>.</summary>
    public static async Task UntilAsync(Func<bool> isSo, TimeSpan patience)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isSo())
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }
        folder.Dispose();
    }

    private static Indicator Indicator(string code, params Frequency[] frequencies) =>
        new()
        {
            Code = code,
            Group = "I",
            Number = "1",
            Name = "Chỉ số thử",
            Agency = "Sở Y tế",
            Frequencies = frequencies,
            Measures = [],
        };
}
