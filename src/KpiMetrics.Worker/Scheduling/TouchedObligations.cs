using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The obligations of a duty that are not fulfilled yet: those a change of its schedule may delay.</summary>
/// <param name="Open">How many may be fulfilled already or are late.</param>
/// <param name="Upcoming">How many are created ahead and not open yet.</param>
/// <param name="NextDue">The earliest due instant still to come; null where there is none.</param>
public sealed record TouchedObligations(Duty Duty, int Open, int Upcoming, DateTimeOffset? NextDue);
