namespace KpiMetrics.ServerTests.Support;

/// <summary>A report as <see cref="Reporter"/> made it.</summary>
/// <param name="Text">CSV.</param>
/// <param name="Rows">All of them.</param>
/// <param name="Recorded">Rows that say something new.</param>
/// <param name="Repeated">Rows that say again what the last report on the figure said.</param>
/// <param name="RefusedLines">The lines of the file that must be refused, in order.</param>
internal sealed record Report(string Name, string Text, int Rows, int Recorded, int Repeated, IReadOnlyList<int> RefusedLines);
