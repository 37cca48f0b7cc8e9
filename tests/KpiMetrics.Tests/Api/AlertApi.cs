using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Api;

/// <summary>Alerts of an <see cref="ApiWorker"/>: 1 is open, 2 acknowledged, 3 resolved, 4 open and over a threshold, 5 open and of no office.</summary>
internal static class AlertApi
{
    public const string Root = "/api/v1/alerts";

    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(7));

    public static async Task PrepareAsync(ApiWorker worker)
    {
        AlertEvent[] events =
        [
            Fired("1", AlertKind.Overdue, ApiWorker.Other),
            Fired("2", AlertKind.Missing, ApiWorker.Other),
            Next("2", AlertStep.Acknowledged, "an"),
            Fired("3", AlertKind.Overdue, ApiWorker.Office),
            Next("3", AlertStep.Resolved, AlertLife.Engine),
            Fired("4", AlertKind.Threshold, ApiWorker.Other),
            Fired("5", AlertKind.SourceFailing, null),
        ];
        foreach (var one in events) // numbered in this order
            await DutyApi.Engine(worker).Ledger.KeepAlertEventsAsync([one], null, TestContext.Current.CancellationToken);
    }

    private static AlertEvent Fired(string key, AlertKind kind, string? agency) =>
        new($"thu/{key}", 1, At, AlertStep.Fired, AlertLife.Engine, "")
        {
            Concern = new($"thu/{key}", kind, AlertSeverity.Warning, $"Cảnh báo thử {key}", At, ApiWorker.Set)
            {
                Indicator = "DY-A02",
                Period = Period.Parse("2026-10"),
                Area = "24@2025-07-01",
                Agency = agency,
            },
            Audience = AlertAudience.Office,
        };

    private static AlertEvent Next(string key, AlertStep step, string who) => new($"thu/{key}", 2, At, step, who, "đã có");
}
