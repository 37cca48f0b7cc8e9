namespace KpiMetrics.Faults.Load;

/// <summary>One figure that an office reports.</summary>
internal readonly record struct FigureKey(string Set, string Measure, string Area, string Period);
