namespace KpiMetrics.Core.Alerting;

/// <summary>Where an office is: offices of two provinces bear one name, and so do those of all communes of a province.</summary>
/// <param name="Province">Identity of the area that its set is of.</param>
/// <param name="Area">Identity of the area within it that the office is of; empty: it is the province's own.</param>
public readonly record struct Seat(string Province, string Area);
