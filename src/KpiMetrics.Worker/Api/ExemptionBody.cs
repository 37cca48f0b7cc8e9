using KpiMetrics.Worker.Commands.Obligations;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Api;

/// <summary>An extension or a waiver as a call asks for it.</summary>
/// <param name="Action"><c>extend</c>, <c>waive</c> or <c>restore</c>.</param>
/// <param name="Area">A code; null: every area.</param>
/// <param name="Period">One, or several of one frequency: <c>2026-01..2026-03</c>.</param>
/// <param name="Until">The new due instant of an extension.</param>
internal sealed record ExemptionBody(
    string? Action,
    string? Indicator,
    string? Area,
    string? Agency,
    string? Period,
    string? Until,
    string? Why
)
{
    /// <exception cref="CommandException">It is none of those allowed, or an extension says not until when.</exception>
    public ExemptionAction ReadAction() =>
        Action switch
        {
            "extend" when Until is null => throw new CommandException("until is missing: an extension needs it.", "bad-until"),
            "extend" => ExemptionAction.Extend,
            "waive" => ExemptionAction.Waive,
            "restore" => ExemptionAction.Restore,
            _ => throw new CommandException($"action is '{Action}'; allowed: extend, waive, restore.", "bad-action"),
        };
}
