using KpiMetrics.Core.Quality;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>One row, or cell of it, that is not taken.</summary>
/// <param name="Line">The line of the file, from 1 with the header.</param>
/// <param name="Cell">The cell's address where the line is not enough; else empty.</param>
/// <param name="Message">The value found and what was allowed, in one line.</param>
public sealed record Refusal(int Line, string Cell, RefusalCode Code, string Message)
{
    /// <summary><c>line: message</c>, or <c>line: Sheet1!E7: message</c>; a file name goes before it.</summary>
    public override string ToString() => Cell.Length == 0 ? $"{Line}: {Message}" : $"{Line}: {Cell}: {Message}";
}
