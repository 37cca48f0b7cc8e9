namespace KpiMetrics.Faults.Load;

/// <summary>What was accepted of one figure.</summary>
/// <param name="Value">As last stated; empty where it was withdrawn.</param>
/// <param name="Statements">How often it said something else than before.</param>
internal readonly record struct Stated(string Value, int Statements);
