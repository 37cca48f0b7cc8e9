namespace KpiMetrics.Simulation.Running;

/// <summary>What happened to the engine in a simulated year.</summary>
/// <param name="Stops">One for each kill.</param>
/// <param name="Took">Real time.</param>
/// <param name="Said">What the last process said of itself.</param>
/// <param name="PeakMiB">The most memory that any of the processes was seen to have.</param>
internal sealed record YearStory(IReadOnlyList<Stop> Stops, TimeSpan Took, IReadOnlyList<string> Said, long PeakMiB);
