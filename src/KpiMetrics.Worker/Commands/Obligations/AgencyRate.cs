using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>How much of what an office must report at a frequency came, and came in time.</summary>
public sealed record AgencyRate(string Agency, Frequency Frequency, ReportingRate Rate);
