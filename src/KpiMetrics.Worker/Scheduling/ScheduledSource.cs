using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What scheduling must know of a pulled source. Several with one name share a lane.</summary>
/// <param name="Indicators">The codes it serves of its set; empty: all.</param>
/// <param name="Concurrency">How many duties of it may be at work at once where operations say nothing, 1 or more.</param>
/// <param name="PeriodsPerQuestion">How many consecutive periods one question may ask for, 1 or more.</param>
public sealed record ScheduledSource(
    string Name,
    string Set,
    IReadOnlyCollection<string> Indicators,
    int Concurrency = 2,
    int PeriodsPerQuestion = 1
)
{
    public bool Serves(Duty duty) => Set == duty.Set && (Indicators.Count == 0 || Indicators.Contains(duty.Indicator));
}
