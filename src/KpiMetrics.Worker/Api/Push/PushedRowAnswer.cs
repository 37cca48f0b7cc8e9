namespace KpiMetrics.Worker.Api.Push;

/// <summary>What became of one row.</summary>
/// <param name="Row">The number of the item, from 1; of a CSV the line, from 1 with the header.</param>
/// <param name="Outcome"><c>recorded</c>, <c>repeated</c> or <c>refused</c>.</param>
/// <param name="Code">Why it was refused, such as <c>wrong-agency</c>.</param>
/// <param name="Field">Which field is at fault.</param>
/// <param name="Message">The value found and what is allowed.</param>
/// <param name="Reason">The same in Vietnamese, in short.</param>
/// <param name="Errors">All that is wrong with it, where that is more than one thing.</param>
internal sealed record PushedRowAnswer(
    int Row,
    string Outcome,
    string? Code = null,
    string? Field = null,
    string? Message = null,
    string? Reason = null,
    IReadOnlyList<PushedRowFault>? Errors = null
);
