using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>Alerts of a small province, with Monday to Friday as working days.</summary>
internal static class AlertWorld
{
    public const string Office = "Sở Một";

    /// <summary>A Friday.</summary>
    public static readonly DateTimeOffset Noon = DutyWorld.At("2026-11-20 12:00");

    public static readonly Escalation Escalation = new(WorkingCalendar.WeekendsOnly, TestCatalog.Zone);

    public static readonly AlertRound Round = new(Escalation);

    public static readonly IReadOnlyDictionary<string, Evidence> NoEvidence = new Dictionary<string, Evidence>();

    public static Concern Late(string period, string since, string agency = Office, AlertKind kind = AlertKind.Overdue)
    {
        var of = Period.Parse(period);
        return new(
            $"lc/LC-A01/{of.Frequency.Code()}/{period}/{DutyWorld.One.Id}",
            kind,
            kind == AlertKind.Missing ? AlertSeverity.Critical : AlertSeverity.Warning,
            $"{kind.Vietnamese()}: Chỉ số LC-A01, Xã Một, kỳ {period} ({agency})",
            DutyWorld.At(since),
            DutyWorld.SetCode
        )
        {
            Indicator = "LC-A01",
            Period = of,
            Area = DutyWorld.One.Id,
            Agency = agency,
        };
    }

    public static Concern Outage(string since) =>
        new(
            "source:so-mot/lc",
            AlertKind.SourceFailing,
            AlertSeverity.Critical,
            "Nguồn so-mot không cung cấp được số liệu (2/2 nhiệm vụ): 503",
            DutyWorld.At(since),
            DutyWorld.SetCode
        )
        {
            Source = "so-mot",
        };

    public static Alert Open(Concern concern, DateTimeOffset at) =>
        AlertLife.Apply(null, Assert.Single(Round.Decide([], [concern], NoEvidence, at)));

    public static Alert Do(Alert alert, AlertStep step, DateTimeOffset at, string who = "an", string why = "x") =>
        AlertLife.Apply(alert, new(alert.Key, alert.Steps + 1, at, step, who, why));
}
