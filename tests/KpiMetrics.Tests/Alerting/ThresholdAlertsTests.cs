using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>Levels of a river on a real ledger, round by round: what fires, what goes on as the same, what closes it.</summary>
public sealed class ThresholdAlertsTests
{
    private static readonly string One = FloodWorld.Key("muc-nuoc", "bao-dong-1");
    private static readonly string Two = FloodWorld.Key("muc-nuoc", "bao-dong-2");
    private static readonly string Missed = FloodWorld.Key("muc-nuoc", "bao-dong-1", isMissed: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Round_LevelsAreReached_EachIsAnAlertWithItsFigures()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 07:05", "2026-11-20T05", 1.1m, 2.25m);

        Assert.Equal(
            ["fired muc-nuoc/bao-dong-1 2026-11-20T06", "fired muc-nuoc/bao-dong-2 2026-11-20T06"],
            await world.RoundAsync("2026-11-20 07:05:02")
        );
        Assert.Empty(await world.RoundAsync("2026-11-20 07:05:12"));

        var two = await world.FindAsync(Two);
        Assert.Equal("threshold:flood/FL-02.01/lethuy/VN@1945-09-02/muc-nuoc/bao-dong-2", two.Key);
        Assert.Equal(
            (AlertKind.Threshold, AlertSeverity.Warning, AlertAudience.Office, DutyWorld.At("2026-11-20 06:00"), true),
            (two.Concern.Kind, two.Concern.Severity, two.Audience, two.Concern.Since, two.Concern.IsImmediate)
        );
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Việt Nam 2,25 m (06h 20/11), trên báo động II (2,2 m) 0,05 m.",
            two.Concern.Title
        );
        Assert.Equal(
            ("flood", "FL-02", "FL-02.01", "VN@1945-09-02", "Đài khí tượng thủy văn"),
            (two.Concern.Set, two.Concern.Indicator, two.Concern.Measure, two.Concern.Area, two.Concern.Agency)
        );
        Assert.Equal(AlertSeverity.Info, (await world.FindAsync(One)).Concern.Severity);
    }

    [Fact]
    public async Task Round_FellBackAndRoseAgain_IsResolvedByTheFigureAndTheSameAlertOpensAgain()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-20T05", 1.3m);
        await world.RoundAsync("2026-11-20 06:05:02");
        var first = await world.FindAsync(One);

        await world.ReportAsync("2026-11-20 07:05", "2026-11-20T06", 1.0m); // not below 1.0
        Assert.Empty(await world.RoundAsync("2026-11-20 07:05:02"));
        await world.ReportAsync("2026-11-20 08:05", "2026-11-20T07", 0.9m);
        Assert.Equal(["resolved muc-nuoc/bao-dong-1 2026-11-20T05"], await world.RoundAsync("2026-11-20 08:05:02"));

        var closed = await world.FindAsync(One);
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Việt Nam 0,9 m (07h 20/11), đã xuống dưới báo động I (1,2 m); cao nhất 1,3 m (05h 20/11), kéo dài từ 05h 20/11.",
            closed.Evidence
        );
        await world.ReportAsync("2026-11-20 09:05", "2026-11-20T08", 1.2m);
        Assert.Equal(["reopened muc-nuoc/bao-dong-1 2026-11-20T08"], await world.RoundAsync("2026-11-20 09:05:02"));
        Assert.Equal(first.Id, (await world.FindAsync(One)).Id);
    }

    [Fact]
    public async Task Round_ALateHourMovesTheBeginning_GoesOnAsTheSameAlert()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 08:05", "2026-11-20T07", 1.4m);
        await world.RoundAsync("2026-11-20 08:05:02");

        await world.ReportAsync("2026-11-20 09:30", "2026-11-20T06", 1.25m);

        Assert.Equal(["changed muc-nuoc/bao-dong-1 2026-11-20T06"], await world.RoundAsync("2026-11-20 09:30:02"));
        Assert.Empty(await world.RoundAsync("2026-11-20 09:30:12"));
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(null)]
    public async Task Round_TheFigureIsCorrectedOrTakenBack_IsResolvedAsNeverReached(double? corrected)
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-20T05", 12.5m);
        Assert.Equal(3, (await world.RoundAsync("2026-11-20 06:05:02")).Count);

        await world.ReportAsync("2026-11-20 06:20", "2026-11-20T05", (decimal?)corrected);

        Assert.Equal(
            3,
            (await world.RoundAsync("2026-11-20 06:20:02")).Count(line => line.StartsWith("resolved ", StringComparison.Ordinal))
        );
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Việt Nam không vượt báo động II (2,2 m) từ 05h 20/11 như đã báo: số liệu đã được sửa.",
            (await world.FindAsync(Two)).Evidence
        );
    }

    [Fact]
    public async Task Round_NoMoreFigures_StaysOpenHoweverLong()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-20T05", 1.3m);
        await world.RoundAsync("2026-11-20 06:05:02");

        Assert.Empty(await world.RoundAsync("2026-12-20 06:05:02"));
        Assert.True((await world.FindAsync(One)).IsLive);

        // The river is back, a month later.
        await world.ReportAsync("2026-12-20 07:05", "2026-12-20T06", 0.5m);
        Assert.Equal(["resolved muc-nuoc/bao-dong-1 2026-11-20T05"], await world.RoundAsync("2026-12-20 07:05:02"));
    }

    [Fact]
    public async Task Round_UpAndOverBeforeItWasKnown_IsToldOnceForItself()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 09:05", "2026-11-20T05", 1.1m, 1.5m, 0.9m, 0.8m);

        Assert.Equal(["fired missed muc-nuoc/bao-dong-1 2026-11-20T06"], await world.RoundAsync("2026-11-20 09:05:02"));
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Việt Nam đã vượt báo động I (1,2 m) từ 06h 20/11 đến 07h 20/11, cao nhất 1,5 m (06h 20/11); số liệu đến muộn.",
            (await world.FindAsync(Missed)).Concern.Title
        );
        Assert.Empty(await world.RoundAsync("2026-11-20 10:04:59"));
        Assert.Equal(["resolved missed muc-nuoc/bao-dong-1 2026-11-20T06"], await world.RoundAsync("2026-11-20 10:05:00"));
        Assert.Empty(await world.RoundAsync("2026-11-20 11:00"));
        Assert.Empty(await world.Ledger.FindAlertsAsync([One], Token));
    }

    [Fact]
    public async Task Round_HoursCaughtUpOneByOneBetweenTwoRounds_AreToldAsMissed()
    {
        using var world = await FloodWorld.CreateAsync();
        decimal[] levels = [1.1m, 1.5m, 0.9m];
        foreach (var (number, level) in levels.Index())
            await world.ReportAsync($"2026-11-20 09:05:0{number}", $"2026-11-20T0{5 + number}", level);

        Assert.Equal(["fired missed muc-nuoc/bao-dong-1 2026-11-20T06"], await world.RoundAsync("2026-11-20 09:05:04"));
    }

    [Fact]
    public async Task Round_OverWhileItWasTold_IsNotToldAsMissedAsWell()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05:00", "2026-11-20T05", 1.3m);
        await world.RoundAsync("2026-11-20 06:05:02");
        await world.ReportAsync("2026-11-20 06:05:10", "2026-11-20T06", 0.5m); // the hour that is under way, soon after

        Assert.Equal(["resolved muc-nuoc/bao-dong-1 2026-11-20T05"], await world.RoundAsync("2026-11-20 06:05:12"));
        Assert.Empty(await world.RoundAsync("2026-11-20 06:05:22"));
    }

    [Fact]
    public async Task Round_AnEarlierTimeBecomesKnownWhileTheLevelIsUp_IsToldBesideIt()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 20:05", "2026-11-20T19", 1.3m);
        await world.RoundAsync("2026-11-20 20:05:02");

        await world.ReportAsync("2026-11-20 20:30", "2026-11-20T05", 1.1m, 1.4m, 0.9m);

        Assert.Equal(["fired missed muc-nuoc/bao-dong-1 2026-11-20T06"], await world.RoundAsync("2026-11-20 20:30:02"));
        Assert.True((await world.FindAsync(One)).IsLive);
    }

    [Fact]
    public async Task Round_FellBackAndRoseAgainInOneReport_GoesOnWithTheNewBeginning()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-20T05", 1.3m);
        await world.RoundAsync("2026-11-20 06:05:02");

        await world.ReportAsync("2026-11-20 09:05", "2026-11-20T06", 0.9m, 1.1m, 1.4m);

        Assert.Equal(["changed muc-nuoc/bao-dong-1 2026-11-20T08"], await world.RoundAsync("2026-11-20 09:05:02"));
        Assert.Empty(await world.RoundAsync("2026-11-20 09:05:12"));
    }

    [Fact]
    public async Task Round_HistoryOrFiguresOfTheDemo_RaiseNothing()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-16T05", 3m, 0.5m); // four days ago
        await world.ReportAsync("2026-11-20 06:05", FloodWorld.River, DemoSource.Name, "2026-11-20T05", 3m);

        Assert.Empty(await world.RoundAsync("2026-11-20 06:05:02"));
    }

    [Fact]
    public async Task Round_RainAtStations_IsAddedUpAndNamesThem()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 08:05", FloodWorld.Rain("lethuy"), "dai", "2026-11-20T05", 30m, 30m, 45m);
        await world.ReportAsync("2026-11-20 08:05", FloodWorld.Rain("donghoi"), "dai", "2026-11-20T05", 1m, 2m, 55m);

        Assert.Equal(
            [
                "fired mua-1h/tu-50 2026-11-20T07", // at donghoi
                "fired mua-24h/tu-100 2026-11-20T07",
                "fired mua-6h/tu-100 2026-11-20T07",
            ],
            await world.RoundAsync("2026-11-20 08:05:02")
        );
        var open = await world.Ledger.ReadAlertsAsync(AlertQuery.Live, Token);
        Assert.Contains("Mưa 1 giờ tại Đồng Hới, Việt Nam 55 mm (07-08h 20/11), vượt ngưỡng 50 mm (mưa rất to).", Titles(open));
        Assert.Contains(
            "Mưa 6 giờ tại Lệ Thủy, Việt Nam ít nhất 105 mm (02-08h 20/11, thiếu số liệu 3/6 giờ), vượt ngưỡng 100 mm (mưa rất to).",
            Titles(open)
        );
    }

    [Fact]
    public async Task Round_ThresholdsAreNoMoreInTheSet_AreResolvedBecauseOfThat()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-20T05", 1.3m);
        await world.RoundAsync("2026-11-20 06:05:02");
        var set = FloodWorld.Catalog.Sets.Single(one => one.Code == FloodWorld.Set);

        Assert.Empty(await world.RoundAsync("2026-11-20 06:06", new CatalogSnapshot([], FloodWorld.Catalog.Areas))); // the set's file is not there
        var without = set with { Groups = [.. set.Groups.Select(Without)] };
        Assert.Equal(
            ["resolved muc-nuoc/bao-dong-1 2026-11-20T05"],
            await world.RoundAsync("2026-11-20 06:07", new CatalogSnapshot([without], FloodWorld.Catalog.Areas))
        );
        Assert.Equal("Bộ chỉ số không còn ngưỡng này", (await world.FindAsync(One)).Evidence);
    }

    [Fact]
    public async Task Round_APersonDoubtsTheEnd_IsClosedByTheNextFigureAlone()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-20T05", 1.3m);
        await world.RoundAsync("2026-11-20 06:05:02");
        await world.ReportAsync("2026-11-20 07:05", "2026-11-20T06", 0.9m);
        await world.RoundAsync("2026-11-20 07:05:02");
        var closed = await world.FindAsync(One);
        var doubted = new AlertEvent(
            One,
            closed.Steps + 1,
            DutyWorld.At("2026-11-20 07:30"),
            AlertStep.Reopened,
            "an",
            "máy đo hỏng"
        );
        Assert.Equal(1, await world.Ledger.KeepAlertEventsAsync([doubted], null, Token));

        Assert.Empty(await world.RoundAsync("2026-11-20 07:31"));
        await world.ReportAsync("2026-11-20 08:05", "2026-11-20T07", 0.85m);
        Assert.Equal(["resolved muc-nuoc/bao-dong-1 2026-11-20T05"], await world.RoundAsync("2026-11-20 08:05:02"));
    }

    [Fact]
    public async Task Touched_TheSameFigures_ComesToWhatARoundDoes()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-20T05", 1.3m);
        Assert.Equal(
            ["fired muc-nuoc/bao-dong-1 2026-11-20T05"],
            await world.TouchAsync("2026-11-20 06:05:01", FloodWorld.River)
        );
        Assert.Empty(await world.RoundAsync("2026-11-20 06:05:02"));

        await world.ReportAsync("2026-11-20 07:05", "2026-11-20T06", 0.9m);
        Assert.Equal(
            ["resolved muc-nuoc/bao-dong-1 2026-11-20T05"],
            await world.TouchAsync("2026-11-20 07:05:01", FloodWorld.River)
        );
        Assert.Empty(await world.RoundAsync("2026-11-20 07:05:02"));
        Assert.Empty(await world.TouchAsync("2026-11-20 07:05:03", FloodWorld.River));
    }

    [Fact]
    public async Task Touched_BesideARoundOfAnotherWorker_FiresOnce()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-11-20T05", 3m);

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(number =>
                    Task.Run(
                        () =>
                            number % 2 == 0
                                ? world.RoundAsync("2026-11-20 06:05:01")
                                : world.TouchAsync("2026-11-20 06:05:01", FloodWorld.River),
                        Token
                    )
                )
        );

        foreach (var alert in await world.Ledger.ReadAlertsAsync(AlertQuery.Live, Token))
            Assert.Single(await world.Ledger.ReadAlertEventsAsync(alert.Key, Token));
        Assert.Equal(3, (await world.Ledger.ReadAlertsAsync(AlertQuery.Live, Token)).Count);
    }

    [Fact]
    public async Task Read_ALongHistory_ReadsSomeDaysAlone()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-11-20 06:05", "2026-09-01T00", [.. Enumerable.Repeat((decimal?)0.5m, 1926)]); // to 05:00
        var counting = new CountingLedger(world.Ledger);
        var provider = FloodWorld.Provider(world.Ledger, counting);

        Assert.Empty(await provider.ReadAsync(FloodWorld.Set, DutyWorld.At("2026-11-20 06:05:02"), Token));

        Assert.Equal(1, counting.Reads);
        Assert.Equal(72 + 3, counting.Rows); // from three days back to 05:00, and the three hours that the rise looks back
    }

    [Fact]
    public void LevelOf_AKey_IsTheLevelAgain()
    {
        LevelKey[] levels =
        [
            new("lao-cai", "LC-C01.01", "luong-mua", "02671@2025-07-01", "mua-24h", "tu-100"),
            new("lao-cai", "LC-C01.01", "", "02671@2025-07-01", "mua-24h", "tu-100", IsMissed: true),
        ];
        Assert.All(levels, level => Assert.Equal(level, AlertKeys.LevelOf(AlertKeys.OfLevel(level))));
        Assert.Null(AlertKeys.LevelOf("finding:7"));
        Assert.Null(AlertKeys.LevelOf("threshold:7"));
    }

    private static IEnumerable<string> Titles(IEnumerable<Alert> alerts) => alerts.Select(alert => alert.Concern.Title);

    private static IndicatorGroup Without(IndicatorGroup group) =>
        group with
        {
            Indicators =
            [
                .. group.Indicators.Select(indicator =>
                    indicator with
                    {
                        Measures = [.. indicator.Measures.Select(measure => measure with { Thresholds = [] })],
                    }
                ),
            ],
        };
}
