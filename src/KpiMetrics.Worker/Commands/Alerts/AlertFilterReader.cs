using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Alerts;

/// <summary>Reads which alerts a command line or an address means; each fault is a <see cref="CommandException"/> that names what is allowed.</summary>
/// <param name="prefix">What stands before a name in messages: <c>--</c> on the command line, nothing in an address.</param>
internal sealed class AlertFilterReader(string prefix)
{
    /// <param name="set">A code that is known.</param>
    /// <param name="states">With commas between; null: those that are not resolved.</param>
    public AlertQuery Read(string? set, string? agency, string? kind, string? states) =>
        AlertQuery.Live with
        {
            Set = set,
            Agency = string.IsNullOrWhiteSpace(agency) ? null : agency.Trim(),
            Kind = kind is null ? null : Kind(kind),
            States = states is null
                ? AlertQuery.Live.States
                : [.. states.Split(',', StringSplitOptions.TrimEntries).Select(State)],
        };

    private AlertKind Kind(string code) =>
        AlertNames.TryParse(code, out AlertKind kind)
            ? kind
            : throw new CommandException($"{prefix}kind is {Shown.Of(code)}; allowed: {AlertNames.AllowedKinds}.", "bad-kind");

    private AlertState State(string code) =>
        AlertNames.TryParse(code, out AlertState state)
            ? state
            : throw new CommandException(
                $"{prefix}state has {Shown.Of(code)}; allowed: {AlertNames.AllowedStates}.",
                "bad-state"
            );
}
