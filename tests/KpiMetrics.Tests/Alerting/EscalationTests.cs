using KpiMetrics.Core.Alerting;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Alerting.AlertWorld;

namespace KpiMetrics.Tests.Alerting;

/// <summary>Who hears of it across days off, by the holidays that come with the program.</summary>
public sealed class EscalationTests
{
    private static readonly Escalation OfVietNam = new(VietNam.Calendar, TestCatalog.Zone);

    [Theory]
    // Tết from Saturday, 14 February to Sunday, 22 February: Thursday's report is Friday's and the next Monday's work.
    [InlineData("2026-02-12 17:00", "2026-02-13 23:59", AlertAudience.Office)]
    [InlineData("2026-02-12 17:00", "2026-02-23 07:29:59", AlertAudience.Office)]
    [InlineData("2026-02-12 17:00", "2026-02-23 07:30", AlertAudience.Head)]
    [InlineData("2026-02-12 17:00", "2026-02-26 07:29:59", AlertAudience.Head)]
    [InlineData("2026-02-12 17:00", "2026-02-26 07:30", AlertAudience.Province)]
    // Due within it.
    [InlineData("2026-02-17 17:00", "2026-02-24 07:29:59", AlertAudience.Office)]
    [InlineData("2026-02-17 17:00", "2026-02-24 07:30", AlertAudience.Head)]
    // Saturday, 22 August is worked for Monday, 31 August.
    [InlineData("2026-08-20 17:00", "2026-08-22 07:29:59", AlertAudience.Office)]
    [InlineData("2026-08-20 17:00", "2026-08-22 07:30", AlertAudience.Head)]
    [InlineData("2026-08-27 17:00", "2026-09-03 07:29:59", AlertAudience.Office)]
    [InlineData("2026-08-27 17:00", "2026-09-03 07:30", AlertAudience.Head)]
    public void Of_AMonthsReport_CountsTheDaysThatOfficesWork(string due, string at, AlertAudience audience) =>
        Assert.Equal(audience, OfVietNam.Of(Late("2026-01", due), DutyWorld.At(due), DutyWorld.At(at)));

    [Theory]
    [InlineData("2026-02-17 07:14:59", AlertAudience.Office)]
    [InlineData("2026-02-17 07:15", AlertAudience.Head)]
    [InlineData("2026-02-17 09:15", AlertAudience.Province)]
    public void Of_AnHourOnTheFirstDayOfTet_WaitsForNobody(string at, AlertAudience audience)
    {
        const string Due = "2026-02-17 06:15";

        Assert.Equal(audience, OfVietNam.Of(Late("2026-02-17T05", Due), DutyWorld.At(Due), DutyWorld.At(at)));
    }

    [Fact]
    public void Decide_OverTet_GoesUpOnceOnTheSecondMorningThatIsWorked()
    {
        var round = new AlertRound(OfVietNam);
        var late = Late("2026-01", "2026-02-12 17:00");
        var alert = AlertLife.Apply(
            null,
            Assert.Single(round.Decide([], [late], NoEvidence, DutyWorld.At("2026-02-12 17:00:01")))
        );

        Assert.Empty(round.Decide([alert], [late], NoEvidence, DutyWorld.At("2026-02-22 23:59")));
        // Without the holidays its head would have heard of it on the eve.
        Assert.Single(Round.Decide([alert], [late], NoEvidence, DutyWorld.At("2026-02-16 07:30")));

        var morning = Mornings.Last(DutyWorld.At("2026-02-23 08:00"), VietNam.Calendar, TestCatalog.Zone);
        Assert.Equal(DutyWorld.At("2026-02-23 07:30"), morning);
        var up = Assert.Single(round.Decide([alert], [late], NoEvidence, morning));
        Assert.Equal((AlertStep.Escalated, AlertAudience.Head), (up.Step, up.Audience));
        alert = AlertLife.Apply(alert, up);
        Assert.Empty(round.Decide([alert], [late], NoEvidence, morning.AddHours(9)));

        var told = new Digests((_, area) => new("15", area ?? "")).Of([alert], [], morning);
        Assert.Equal([AlertAudience.Office, AlertAudience.Head], told.Select(digest => digest.To));
    }
}
