namespace KpiMetrics.Core.Obligations;

/// <summary>When a period's figure can be asked for, is due soon, is due, and counts as missing; by the local clock, in this order.</summary>
/// <param name="Opens">When the window closes, or at <paramref name="Soon"/> where that is earlier.</param>
/// <param name="Missing">The due instant and the grace after it.</param>
/// <param name="Rule">Who says so, and what: <c>default M: 5d 17:00 roll</c>, <c>Sở Tài chính: 2wd 17:00</c>.</param>
public readonly record struct DueDate(DateTime Opens, DateTime Due, DateTime Soon, DateTime Missing, string Rule);
