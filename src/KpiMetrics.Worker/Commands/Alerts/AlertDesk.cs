using System.Globalization;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Alerts;

/// <summary>Where alerts are looked at, acknowledged, explained and opened again, whoever asks: a command or the API. What cannot be is a <see cref="CommandException"/>.</summary>
/// <remarks>Nobody closes an alert here: only evidence does.</remarks>
/// <param name="prefix">What stands before a name in messages: <c>--</c> on the command line, nothing in an address.</param>
public sealed class AlertDesk(IAlerts alerts, string prefix)
{
    private const int Attempts = 5;
    private const int LongestText = 2000;

    /// <param name="name">Its number, or its key.</param>
    public async Task<Alert> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await alerts.ReadAlertsAsync(new(Id: id), cancellationToken)
            : await alerts.FindAlertsAsync([name], cancellationToken);
        return found.Count > 0
            ? found[0]
            : throw new CommandException(
                $"There is no alert {Shown.Of(name)}; the list of alerts shows their numbers.",
                "unknown-alert"
            );
    }

    /// <summary>All that happened to it, in order.</summary>
    public Task<IReadOnlyList<AlertEvent>> HistoryAsync(Alert alert, CancellationToken cancellationToken) =>
        alerts.ReadAlertEventsAsync(alert.Key, cancellationToken);

    /// <summary>Takes it on.</summary>
    /// <param name="check">Throws where whoever asks may not.</param>
    public Task<Alert> AcknowledgeAsync(
        string name,
        string who,
        string? why,
        Action<Alert> check,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => StepAsync(name, AlertStep.Acknowledged, who, Text("why", why, isNeeded: false), null, check, at, cancellationToken);

    /// <summary>Says why it is so; nobody need act on it any more.</summary>
    /// <param name="link">Where more is to be read; null: nowhere.</param>
    public Task<Alert> ExplainAsync(
        string name,
        string who,
        string? text,
        string? link,
        Action<Alert> check,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => StepAsync(name, AlertStep.Explained, who, Text("text", text, isNeeded: true), Link(link), check, at, cancellationToken);

    /// <summary>Does not agree with what was said, or with what closed it.</summary>
    public Task<Alert> ReopenAsync(
        string name,
        string who,
        string? why,
        Action<Alert> check,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => StepAsync(name, AlertStep.Reopened, who, Text("why", why, isNeeded: true), null, check, at, cancellationToken);

    private async Task<Alert> StepAsync(
        string name,
        AlertStep step,
        string who,
        string why,
        string? link,
        Action<Alert> check,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var alert = await FindAsync(name, cancellationToken);
            check(alert);
            if (why.Length == 0 && alert.Concern.Kind == AlertKind.Threshold)
                throw new CommandException($"{prefix}why is empty; a threshold is acknowledged with a reason.", "why-missing");
            if (AlertLife.Refusal(alert, step) is { } refusal)
                throw new CommandException($"Alert {alert.Id} cannot be {step.Code()}: {refusal}.", "alert-state");
            var next = new AlertEvent(alert.Key, alert.Steps + 1, at, step, who, why) { Link = link };
            if (await alerts.KeepAlertEventsAsync([next], null, cancellationToken) > 0)
                return await FindAsync(alert.Key, cancellationToken);
            // Something happened to it meanwhile: what was decided is decided once more.
        }
        throw new CommandException($"Alert {Shown.Of(name)} changes all the time; try again.", "alert-state");
    }

    private string Text(string name, string? text, bool isNeeded)
    {
        var said = text?.Trim() ?? "";
        if (isNeeded && said.Length == 0)
            throw new CommandException($"{prefix}{name} is empty; say it in a few words.", $"{name}-missing");
        return said.Length <= LongestText
            ? said
            : throw new CommandException($"{prefix}{name} has {said.Length} characters; allowed: {LongestText}.", $"bad-{name}");
    }

    private string? Link(string? link)
    {
        if (string.IsNullOrWhiteSpace(link))
            return null;
        return Uri.TryCreate(link.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address.AbsoluteUri
            : throw new CommandException($"{prefix}link is {Shown.Of(link)}; write an address such as https://...", "bad-link");
    }
}
