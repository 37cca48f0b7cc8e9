namespace KpiMetrics.ServerTests.Boards;

/// <summary>What the command line took in for a set under the name of a source, all files together.</summary>
internal sealed record Imported(string Source, string Set, int Reports, int Recorded, int Repeated, int Refused);
