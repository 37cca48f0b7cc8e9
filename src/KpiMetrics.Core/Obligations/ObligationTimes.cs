namespace KpiMetrics.Core.Obligations;

/// <summary>The instants of an obligation, frozen when it is created.</summary>
/// <param name="Opens">From when on the figure can be asked for: its window has closed, or its deadline is near.</param>
/// <param name="Due">The last instant that is in time, to the end of its second.</param>
/// <param name="Lead">How long before <paramref name="Due"/> it counts as due soon.</param>
/// <param name="Grace">How long after <paramref name="Due"/> it is overdue before it counts as missing.</param>
/// <param name="Rule">Which rule gave the due instant, in a few words.</param>
public sealed record ObligationTimes(DateTimeOffset Opens, DateTimeOffset Due, TimeSpan Lead, TimeSpan Grace, string Rule);
