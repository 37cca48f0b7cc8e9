using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <param name="At">When it came out.</param>
/// <param name="Period">The month of the estimate.</param>
/// <param name="Lines">By the code of the item.</param>
internal sealed record RetailReport(DateTimeOffset At, Period Period, IReadOnlyDictionary<string, RetailLine> Lines);
