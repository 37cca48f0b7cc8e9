using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>Why one row was not taken, for its sender.</summary>
/// <param name="Line">The line of the file, from 1 with the header.</param>
/// <param name="Cell">The address of the cell where lines are not enough (<c>Sheet1!E7</c>); else empty.</param>
/// <param name="Message">The value found and what was allowed.</param>
public sealed record Refusal(int Line, string Cell, string Message)
{
    /// <summary><c>line: message</c>, or <c>line: Cell: message</c>.</summary>
    public override string ToString() =>
        Cell.Length == 0 ? Invariant($"{Line}: {Message}") : Invariant($"{Line}: {Cell}: {Message}");
}
