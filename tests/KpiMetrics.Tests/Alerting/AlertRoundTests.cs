using KpiMetrics.Core.Alerting;
using KpiMetrics.Tests.Obligations;
using static KpiMetrics.Tests.Alerting.AlertWorld;

namespace KpiMetrics.Tests.Alerting;

public sealed class AlertRoundTests
{
    private static readonly Concern October = Late("2026-10", "2026-11-05 17:00");

    [Fact]
    public void Decide_SeenAgain_SaysNothing()
    {
        var alert = Open(October, DutyWorld.At("2026-11-05 17:00:10"));

        Assert.Empty(Round.Decide([alert], [October], NoEvidence, DutyWorld.At("2026-11-06 08:00")));
    }

    [Fact]
    public void Decide_NotSeenAnyMore_StaysUntilThereIsEvidence()
    {
        var alert = Open(October, Noon);

        Assert.Empty(Round.Decide([alert], [], NoEvidence, Noon.AddHours(1)));

        var closed = Assert.Single(Round.Decide([alert], [], Came(alert, Noon.AddHours(1)), Noon.AddHours(2)));
        Assert.Equal((AlertStep.Resolved, "Đã nhận đủ", AlertLife.Engine), (closed.Step, closed.Why, closed.Who));
    }

    [Fact]
    public void Decide_SeenThoughThereIsEvidence_StaysOpen()
    {
        var alert = Open(October, Noon);

        Assert.Empty(Round.Decide([alert], [October], Came(alert, Noon), Noon));
    }

    [Fact]
    public void Decide_ReopenedByAPerson_IsClosedByLaterEvidenceAlone()
    {
        var alert = Do(Do(Open(October, Noon), AlertStep.Resolved, Noon), AlertStep.Reopened, Noon.AddHours(2));

        Assert.Empty(Round.Decide([alert], [], Came(alert, Noon.AddHours(1)), Noon.AddHours(3)));
        Assert.Single(Round.Decide([alert], [], Came(alert, Noon.AddHours(3)), Noon.AddHours(3)));
    }

    [Fact]
    public void Decide_ResolvedAndSeenAgain_IsTheSameAlertReopened()
    {
        var alert = Do(Do(Open(October, Noon), AlertStep.Acknowledged, Noon), AlertStep.Resolved, Noon);

        var back = Assert.Single(Round.Decide([alert], [October], NoEvidence, Noon.AddHours(1)));

        Assert.Equal((AlertStep.Reopened, 4, AlertLife.Engine), (back.Step, back.Number, back.Who));
        var open = AlertLife.Apply(alert, back);
        Assert.Equal((AlertState.Firing, null, null), (open.State, open.AcknowledgedBy, open.DoubtedAt));
    }

    [Fact]
    public void Decide_OverdueThatBecomesMissing_GoesOnUnderItsKeyAndItsHolder()
    {
        var alert = Do(Open(October, DutyWorld.At("2026-11-05 17:01")), AlertStep.Acknowledged, Noon);
        var missing = Late("2026-10", "2026-11-05 17:00", kind: AlertKind.Missing);

        var changed = Assert.Single(Round.Decide([alert], [missing], NoEvidence, Noon));

        Assert.Equal(AlertStep.Changed, changed.Step);
        var now = AlertLife.Apply(alert, changed);
        Assert.Equal(
            (AlertKind.Missing, AlertSeverity.Critical, "an"),
            (now.Concern.Kind, now.Concern.Severity, now.AcknowledgedBy)
        );
    }

    [Fact]
    public void Decide_AnOutage_IsOneAlertThatHoldsBackWhatItCausesAndLetsItGo()
    {
        var outage = Outage("2026-11-20 08:00");
        var lates = Enumerable
            .Range(1, 300)
            .Select(n => October with { Key = $"lc/LC-A01/M/2026-10/{n}", HeldBy = outage.Key })
            .ToList();

        var events = Round.Decide([], [outage, .. lates], NoEvidence, Noon);
        var alerts = events.Select(one => AlertLife.Apply(null, one)).ToList();

        Assert.Equal(301, alerts.Count);
        Assert.Equal(outage.Key, Assert.Single(alerts, alert => alert.IsTold).Key);
        Assert.Empty(Round.Decide(alerts, [outage, .. lates], NoEvidence, Noon.AddDays(9))); // nobody hears of it further up

        // It answers; one value came, the others were not there to be had.
        var freed = lates.Skip(1).Select(late => late with { HeldBy = null }).ToList();
        var evidence = new Dictionary<string, Evidence>
        {
            [outage.Key] = new(Noon.AddDays(9), "Nguồn đã trả lời"),
            [lates[0].Key] = new(Noon.AddDays(9), "Đã nhận đủ"),
        };
        var after = Round.Decide(alerts, freed, evidence, Noon.AddDays(9));
        Assert.Equal((2, 299), (Count(after, AlertStep.Resolved), Count(after, AlertStep.Changed)));
        var told = Apply(alerts, after).Where(alert => alert.IsTold).ToList();
        Assert.Equal(299, told.Count);
        Assert.All(told, alert => Assert.Equal((AlertAudience.Office, Noon.AddDays(9)), (alert.Audience, alert.CountsFrom)));
    }

    [Fact]
    public void Decide_AnOutageThatIsOver_HoldsBackForAnHourWhatWasNotAskedForSince()
    {
        var outage = Outage("2026-11-20 08:00");
        var late = October with { HeldBy = outage.Key };
        IReadOnlyList<Alert> alerts =
        [
            .. Round.Decide([], [outage, late], NoEvidence, Noon).Select(one => AlertLife.Apply(null, one)),
        ];
        var answered = new Dictionary<string, Evidence> { [outage.Key] = new(Noon, "Nguồn đã trả lời") };

        var closed = Assert.Single(Round.Decide(alerts, [late], answered, Noon));
        Assert.Equal((AlertStep.Resolved, outage.Key), (closed.Step, closed.Key));
        alerts = [.. Apply(alerts, [closed])];
        Assert.Empty(Round.Decide(alerts, [late], NoEvidence, Noon + AlertRound.CatchUp - TimeSpan.FromSeconds(1)));

        var letGo = Assert.Single(Round.Decide(alerts, [late], NoEvidence, Noon + AlertRound.CatchUp));
        Assert.Equal((AlertStep.Changed, late.Key), (letGo.Step, letGo.Key));
        alerts = [.. Apply(alerts, [letGo])];
        Assert.Equal(late.Key, Assert.Single(alerts, alert => alert.IsTold).Key);
        Assert.Empty(Round.Decide(alerts, [late], NoEvidence, Noon + AlertRound.CatchUp));
    }

    [Fact]
    public void Decide_AnOutageThatIsNotThere_HoldsNothingBack() =>
        Assert.True(Open(October with { HeldBy = "source:so-mot/lc" }, Noon).IsTold);

    [Fact]
    public void Decide_AnOutageWithOtherWords_IsNoNews()
    {
        var alert = Open(Outage("2026-11-20 08:00"), Noon);

        Assert.Empty(Round.Decide([alert], [Outage("2026-11-20 08:05") with { Title = "khác" }], NoEvidence, Noon));
        Assert.Single(
            Round.Decide([alert], [Outage("2026-11-20 08:05") with { Severity = AlertSeverity.Warning }], NoEvidence, Noon)
        );
    }

    [Fact]
    public void Decide_NobodyTakesItOn_GoesUpOnceForEachStep()
    {
        var alert = Open(October, DutyWorld.At("2026-11-05 17:00:10")); // a Thursday
        var heard = new List<string>();
        for (var at = DutyWorld.At("2026-11-05 17:10"); at < DutyWorld.At("2026-11-20 00:00"); at = at.AddMinutes(10))
        {
            foreach (var one in Round.Decide([alert], [October], NoEvidence, at))
            {
                heard.Add($"{one.At.ToOffset(TimeSpan.FromHours(7)):MM-dd HH:mm} {one.Step.Code()} {one.Audience?.Code()}");
                alert = AlertLife.Apply(alert, one);
            }
        }

        Assert.Equal(["11-09 07:30 escalated head", "11-12 07:30 escalated province"], heard);
    }

    [Fact]
    public void Decide_Acknowledged_GoesNoFurtherUp()
    {
        var alert = Do(Open(October, DutyWorld.At("2026-11-05 17:00:10")), AlertStep.Acknowledged, Noon);

        Assert.Empty(Round.Decide([alert], [October], NoEvidence, Noon.AddDays(30)));
    }

    [Fact]
    public void Decide_AnHour_GoesUpWithinHoursOnAnyDay()
    {
        var hour = Late("2026-11-21T22", "2026-11-21 23:15"); // a Saturday
        var alert = Open(hour, DutyWorld.At("2026-11-21 23:15:01"));

        Assert.Empty(Round.Decide([alert], [hour], NoEvidence, DutyWorld.At("2026-11-22 00:14:59")));
        Assert.Equal(AlertAudience.Head, Audience(alert, hour, "2026-11-22 00:15"));
        Assert.Equal(AlertAudience.Province, Audience(alert, hour, "2026-11-22 02:15"));
    }

    private static AlertAudience? Audience(Alert alert, Concern concern, string at) =>
        Assert.Single(Round.Decide([alert], [concern], NoEvidence, DutyWorld.At(at))).Audience;

    private static Dictionary<string, Evidence> Came(Alert alert, DateTimeOffset at) =>
        new() { [alert.Key] = new(at, "Đã nhận đủ") };

    private static int Count(IReadOnlyList<AlertEvent> events, AlertStep step) => events.Count(one => one.Step == step);

    private static IEnumerable<Alert> Apply(IEnumerable<Alert> alerts, IReadOnlyList<AlertEvent> events)
    {
        var byKey = events.ToLookup(one => one.Key);
        return alerts.Select(alert => byKey[alert.Key].Aggregate(alert, AlertLife.Apply));
    }
}
