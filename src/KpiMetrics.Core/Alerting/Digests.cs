using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Alerting;

/// <summary>Puts together what is told in a morning: one message for each office, each head and each provincial office that something concerns.</summary>
/// <remarks>The offices of a province's communes are offices of their own, each with a head; their provincial office is one.</remarks>
/// <param name="seatOf">Where the office is that a set asks for figures of an area, by code of the set and identity of the area.</param>
public sealed class Digests(Func<string, string?, Seat> seatOf)
{
    /// <summary>By province, audience, office and commune.</summary>
    /// <param name="alerts">Those that are open; what is told at once, held back, explained or younger than the morning is left out.</param>
    public IReadOnlyList<Digest> Of(IEnumerable<Alert> alerts, IEnumerable<Reminder> reminders, DateTimeOffset morning)
    {
        var told = alerts
            .Where(alert => alert.IsTold && !alert.Concern.IsImmediate && alert.CountsFrom <= morning)
            .OrderByDescending(alert => alert.Concern.Severity)
            .ThenBy(alert => alert.Concern.Since)
            .ThenBy(alert => alert.Key, StringComparer.Ordinal)
            .Select(alert => LineOf(alert))
            .ToList();
        var coming = reminders
            .Where(reminder => reminder.Due > morning)
            .OrderBy(reminder => reminder.Due)
            .Select(reminder => LineOf(reminder))
            .ToList();
        var digests = new List<Digest>();
        foreach (var audience in (AlertAudience[])[AlertAudience.Office, AlertAudience.Head])
        {
            List<Line> reminded = audience == AlertAudience.Office ? coming : [];
            var offices =
                from line in told.Where(line => line.IsFor(audience)).Concat(reminded)
                where line.Agency.Length > 0
                group line by (line.Seat, PrintedText.Folded(line.Agency));
            digests.AddRange(offices.Select(office => Collected(audience, [.. office], office.First(), morning)));
        }
        digests.AddRange(
            told.Where(line => line.IsFor(AlertAudience.Province))
                .GroupBy(line => line.Seat.Province, StringComparer.Ordinal)
                .Select(province => Collected(AlertAudience.Province, [.. province], null, morning))
        );
        return
        [
            .. digests
                .OrderBy(digest => digest.Province, StringComparer.Ordinal)
                .ThenBy(digest => digest.To)
                .ThenBy(digest => digest.Agency, StringComparer.Ordinal)
                .ThenBy(digest => digest.Area, StringComparer.Ordinal),
        ];
    }

    private Line LineOf(Alert alert) =>
        new(seatOf(alert.Concern.Set, alert.Concern.Area), alert.Concern.Agency ?? "", alert, null);

    private Line LineOf(Reminder reminder) => new(seatOf(reminder.Set, reminder.Area), reminder.Agency, null, reminder);

    // The office by one of its lines; null: the provincial office.
    private static Digest Collected(AlertAudience to, List<Line> lines, Line? office, DateTimeOffset morning) =>
        new(
            to,
            lines[0].Seat.Province,
            office?.Agency ?? "",
            morning,
            [.. lines.Select(line => line.Alert).OfType<Alert>()],
            [.. lines.Select(line => line.Reminder).OfType<Reminder>()]
        )
        {
            Area = office?.Seat.Area ?? "",
        };

    private sealed record Line(Seat Seat, string Agency, Alert? Alert, Reminder? Reminder)
    {
        public bool IsFor(AlertAudience audience) => Alert?.Audience >= audience;
    }
}
