using System.Collections.Frozen;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Benchmarks.Jobs;

/// <summary>A schedule in which operations let every duty ring once a minute, each at a second of its own choosing.</summary>
internal sealed class BenchSchedules(IEnumerable<Duty> duties) : ISchedules
{
    private readonly ScheduleOverrides overrides = new(
        1,
        duties.ToFrozenDictionary(ScheduleTarget.Of, duty => ScheduleState.Nothing with { Cron = $"{Second(duty)} * * * * ?" })
    );

    public Task<long> ReadScheduleRevisionAsync(CancellationToken cancellationToken) => Task.FromResult(1L);

    public Task<ScheduleOverrides> ReadSchedulesAsync(CancellationToken cancellationToken) => Task.FromResult(overrides);

    public Task<IReadOnlyList<ScheduleVersion>> ReadScheduleHistoryAsync(
        ScheduleTarget target,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<ScheduleVersion> ChangeScheduleAsync(ScheduleEdit edit, DateTimeOffset at, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ScheduleVersion?> RevertScheduleAsync(
        ScheduleTarget target,
        string actor,
        string reason,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task NoteAsync(string actor, string action, object details, DateTimeOffset at, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    // The second that the built-in schedule gives the duty.
    private static string Second(Duty duty) =>
        Worker.Scheduling.CollectCron.For(duty.Set, duty.Indicator, duty.Frequency, new Dictionary<string, string>()).Split(' ')[
            0
        ];
}
