using KpiMetrics.Core.Alerting;
using KpiMetrics.Tests.Obligations;
using static KpiMetrics.Tests.Alerting.AlertWorld;

namespace KpiMetrics.Tests.Alerting;

public sealed class DigestsTests
{
    private static readonly DateTimeOffset Morning = DutyWorld.At("2026-11-20 07:30");
    private static readonly Digests Of = new((set, area) => new(set == "bn" ? "24" : "15", area ?? ""));

    [Fact]
    public void Of_ManyAlertsOfSomeOffices_IsOneForEachOffice()
    {
        var alerts = Enumerable
            .Range(1, 9)
            .Select(n => Open(Keyed(Late($"2026-0{n}", "2026-11-19 17:00", n % 2 == 0 ? "Sở Hai" : "Sở  một"), n), Morning))
            .ToList();

        var digests = Of.Of(alerts, [Coming(DutyWorld.One.Id)], Morning);

        Assert.Equal(
            [("15", AlertAudience.Office, "Sở  một", 5, 1), ("15", AlertAudience.Office, "Sở Hai", 4, 0)],
            digests.Select(one => (one.Province, one.To, one.Agency, one.Alerts.Count, one.Reminders.Count))
        );
    }

    [Fact]
    public void Of_OfficesOfTwoProvincesWithOneName_AreTwo()
    {
        var one = Late("2026-10", "2026-11-19 17:00");
        var digests = Of.Of([Open(one, Morning), Open(one with { Key = "bn/x", Set = "bn" }, Morning)], [], Morning);

        Assert.Equal(["15", "24"], digests.Select(digest => digest.Province));
    }

    [Fact]
    public void Of_CommunesWhoseOfficesBearOneName_AreToldOfTheirOwnAloneAndTheProvinceOfAll()
    {
        var old = Late("2026-10", "2026-11-05 17:00");
        Alert[] alerts =
        [
            Open(old with { Key = "một" }, Morning),
            Open(old with { Key = "hai", Area = DutyWorld.Two.Id }, Morning),
            Open(old with { Key = "tỉnh", Area = null }, Morning),
        ];

        var digests = Of.Of(alerts, [Coming(DutyWorld.Two.Id), Coming(DutyWorld.Three.Id)], Morning);

        Assert.Equal(
            [
                (AlertAudience.Office, "", "tỉnh", 0),
                (AlertAudience.Office, DutyWorld.One.Id, "một", 0),
                (AlertAudience.Office, DutyWorld.Two.Id, "hai", 1),
                (AlertAudience.Office, DutyWorld.Three.Id, "", 1),
                (AlertAudience.Head, "", "tỉnh", 0),
                (AlertAudience.Head, DutyWorld.One.Id, "một", 0),
                (AlertAudience.Head, DutyWorld.Two.Id, "hai", 0),
                (AlertAudience.Province, "", "hai một tỉnh", 0),
            ],
            digests.Select(one =>
                (one.To, one.Area, string.Join(' ', one.Alerts.Select(alert => alert.Key)), one.Reminders.Count)
            )
        );
        Assert.All(digests, one => Assert.Equal("15", one.Province));
    }

    [Fact]
    public void Of_WhatIsToldOtherwise_IsLeftOut()
    {
        var held = Open(Outage("2026-11-19 08:00"), Morning);
        var late = Late("2026-10", "2026-11-19 17:00");
        Alert[] alerts =
        [
            held,
            AlertLife.Apply(null, Event(late with { HeldBy = held.Key })),
            Open(Late("2026-11-19T05", "2026-11-19 06:15"), Morning),
            Do(Open(Keyed(late, 2), Morning), AlertStep.Explained, Morning),
            Open(Keyed(Late("2026-W46", "2026-11-20 07:31"), 3), Morning.AddHours(1)),
        ];

        Assert.Empty(Of.Of(alerts, [new("lc", Office, "Lúa", Morning.AddMinutes(-1))], Morning));
    }

    [Fact]
    public void Of_WhatWentUp_IsToldToTheOfficeItsHeadAndTheProvince()
    {
        var old = Open(Late("2026-10", "2026-11-05 17:00", kind: AlertKind.Missing), Morning);
        var older = Open(Keyed(Late("2026-09", "2026-10-05 17:00", "Sở Hai"), 2), Morning);
        var young = Open(Keyed(Late("2026-W46", "2026-11-19 17:00"), 3), Morning);

        var digests = Of.Of([young, older, old], [], Morning);

        Assert.Equal(
            [
                (AlertAudience.Office, "Sở Hai", 1),
                (AlertAudience.Office, Office, 2),
                (AlertAudience.Head, "Sở Hai", 1),
                (AlertAudience.Head, Office, 1),
                (AlertAudience.Province, "", 2),
            ],
            digests
                .Select(one => (one.To, one.Agency, one.Alerts.Count))
                .OrderBy(one => one.To)
                .ThenBy(one => one.Agency != "Sở Hai")
        );
        Assert.Equal([old.Key, older.Key], digests[^1].Alerts.Select(one => one.Key)); // the worst first
        Assert.Equal(AlertSeverity.Critical, digests[^1].Severity);
    }

    private static Reminder Coming(string area) => new("lc", Office, "Lúa", Morning.AddDays(1)) { Area = area };

    private static Concern Keyed(Concern concern, int n) => concern with { Key = $"{concern.Key}/{n}" };

    private static AlertEvent Event(Concern concern) =>
        new(concern.Key, 1, Morning, AlertStep.Fired, AlertLife.Engine, "") { Concern = concern };
}
