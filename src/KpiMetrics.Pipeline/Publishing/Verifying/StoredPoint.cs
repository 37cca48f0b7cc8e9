namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>One point as the store holds it.</summary>
/// <param name="Tags">All tags of the measurement; empty where the point lacks one. The same object for points of one series that follow each other.</param>
/// <param name="Nanoseconds">Since 1970.</param>
/// <param name="Hash">As <see cref="PointHash"/> makes it.</param>
internal readonly record struct StoredPoint(IReadOnlyDictionary<string, string> Tags, long Nanoseconds, ulong Hash);
