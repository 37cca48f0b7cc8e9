namespace KpiMetrics.Pipeline.Publishing;

/// <summary>A point that the store would not take or remove.</summary>
/// <param name="Index">Its place in the list that was handed over.</param>
/// <param name="Reason">The store's own words.</param>
public sealed record RefusedLine(int Index, string Reason);
