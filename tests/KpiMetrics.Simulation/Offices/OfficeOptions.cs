using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Simulation.Offices;

/// <summary>Of an office that answers in this process.</summary>
internal sealed class OfficeOptions : SourceOptions;
