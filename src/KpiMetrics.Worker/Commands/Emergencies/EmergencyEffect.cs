using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Commands.Emergencies;

/// <summary>What an emergency means.</summary>
/// <param name="Indicators">Those that are reported by the hour now, with their set.</param>
/// <param name="Areas">How many areas report them.</param>
/// <param name="FirstHour">The first hour to be reported.</param>
/// <param name="FirstDue">When that is due.</param>
/// <param name="Warnings">What somebody should think over.</param>
public sealed record EmergencyEffect(
    Emergency Emergency,
    IReadOnlyList<(string Set, Indicator Indicator)> Indicators,
    int Areas,
    Period FirstHour,
    DateTimeOffset FirstDue,
    IReadOnlyList<string> Warnings
);
