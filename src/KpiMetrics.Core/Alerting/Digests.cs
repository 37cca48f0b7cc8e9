using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Alerting;

/// <summary>Puts together what is told in a morning: one message for each office, each head and each provincial office that something concerns.</summary>
/// <param name="provinceOf">The identity of the area that a set is of: offices of two provinces bear one name.</param>
public sealed class Digests(Func<string, string> provinceOf)
{
    /// <summary>By province, audience and office.</summary>
    /// <param name="alerts">Those that are open; what is told at once, held back, explained or younger than the morning is left out.</param>
    public IReadOnlyList<Digest> Of(IEnumerable<Alert> alerts, IEnumerable<Reminder> reminders, DateTimeOffset morning)
    {
        var told = alerts
            .Where(alert => alert.IsTold && !alert.Concern.IsImmediate && alert.CountsFrom <= morning)
            .OrderByDescending(alert => alert.Concern.Severity)
            .ThenBy(alert => alert.Concern.Since)
            .ThenBy(alert => alert.Key, StringComparer.Ordinal)
            .ToList();
        var coming = reminders.Where(reminder => reminder.Due > morning).OrderBy(reminder => reminder.Due).ToList();
        var digests = new List<Digest>();
        foreach (var audience in (AlertAudience[])[AlertAudience.Office, AlertAudience.Head])
        {
            List<Reminder> reminded = audience == AlertAudience.Office ? coming : [];
            var lines = told.Where(alert => alert.Audience >= audience)
                .Select(alert => Line(alert))
                .Concat(reminded.Select(reminder => Line(reminder)));
            var offices =
                from line in lines
                where line.Agency.Length > 0
                group line by (line.Province, PrintedText.Folded(line.Agency));
            digests.AddRange(offices.Select(office => Collected(audience, [.. office], office.First().Agency, morning)));
        }
        digests.AddRange(
            told.Where(alert => alert.Audience >= AlertAudience.Province)
                .Select(alert => Line(alert))
                .GroupBy(line => line.Province, StringComparer.Ordinal)
                .Select(province => Collected(AlertAudience.Province, [.. province], "", morning))
        );
        return
        [
            .. digests
                .OrderBy(digest => digest.Province, StringComparer.Ordinal)
                .ThenBy(digest => digest.To)
                .ThenBy(digest => digest.Agency, StringComparer.Ordinal),
        ];
    }

    private (string Province, string Agency, Alert? Alert, Reminder? Reminder) Line(Alert alert) =>
        (provinceOf(alert.Concern.Set), alert.Concern.Agency ?? "", alert, null);

    private (string Province, string Agency, Alert? Alert, Reminder? Reminder) Line(Reminder reminder) =>
        (provinceOf(reminder.Set), reminder.Agency, null, reminder);

    private static Digest Collected(
        AlertAudience to,
        List<(string Province, string Agency, Alert? Alert, Reminder? Reminder)> lines,
        string agency,
        DateTimeOffset morning
    ) =>
        new(
            to,
            lines[0].Province,
            agency,
            morning,
            [.. lines.Select(line => line.Alert).OfType<Alert>()],
            [.. lines.Select(line => line.Reminder).OfType<Reminder>()]
        );
}
