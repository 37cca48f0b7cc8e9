using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>Does what is due of a duty, from one source.</summary>
/// <param name="source">The name of the source, or <see cref="LaneSet.BuiltIn"/> for a duty that no pulled source serves.</param>
/// <param name="cancellationToken">The worker stops: what is under way is to be given back.</param>
/// <returns>The outcome in one line; empty where there was nothing to do.</returns>
public delegate Task<string> DutyWork(Duty duty, string source, CancellationToken cancellationToken);
