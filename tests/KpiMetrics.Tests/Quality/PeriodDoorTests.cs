using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Quality;

/// <summary>What is in force decides by the first day of a period's window.</summary>
public sealed class PeriodDoorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    private static readonly Indicator Plain = TestCatalog.Set.Indicators.First() with { Frequencies = [Frequency.Month] };

    [Theory]
    [InlineData("2026-03", null)]
    [InlineData("2026-06", null)]
    [InlineData("2026-07", "period '2026-07' begins on 2026-07-01; T-01 is in force from 2026-03-01 to 2026-06-30")]
    [InlineData("2026-02", "period '2026-02' begins on 2026-02-01; T-01 is in force from 2026-03-01 to 2026-06-30")]
    public void Check_IndicatorWithDates_TakesPeriodsThatBeginInThem(string period, string? message) =>
        Finds(Plain with { From = new(2026, 3, 1), To = new(2026, 6, 30) }, period, message);

    [Fact]
    public void Check_PeriodThatBeganBeforeTheEnd_IsTakenWhole() => Finds(Plain with { To = new(2026, 6, 1) }, "2026-06", null);

    [Fact]
    public void Check_MeasureRetired_NamesTheMeasure() =>
        Finds(
            Plain,
            "2026-07",
            "period '2026-07' begins on 2026-07-01; T-01.01 is in force to 2026-06-30",
            TestCatalog.Flow with
            {
                To = new(2026, 6, 30),
            }
        );

    [Fact]
    public void Check_SetNotYetInForce_NamesTheSetThoughThePartsSayLess() =>
        Finds(
            Plain with
            {
                From = new(2026, 9, 1),
            },
            "2026-07",
            "period '2026-07' begins on 2026-07-01; set test is in force from 2026-08-01 on",
            set: TestCatalog.Set with
            {
                From = new(2026, 8, 1),
            }
        );

    [Fact]
    public void Check_WindowOpensBeforeTheIndicator_IsRefusedThoughTheMonthIsNot() =>
        Finds(
            Plain with
            {
                From = new(2026, 7, 1),
                Regime = [new(new(2020, 1, 1), WindowRule.Cutoff15, null, null)],
            },
            "2026-07",
            "period '2026-07' begins on 2026-06-15; T-01 is in force from 2026-07-01 on"
        );

    [Theory]
    [InlineData("2026-06-30", null)]
    [InlineData("2026-07", null)]
    [InlineData("2026-06", "period '2026-06' has frequency M; T-01 was reported at D on 2026-06-01")]
    [InlineData("2026-07-01", "period '2026-07-01' has frequency D; T-01 is reported at M")]
    public void Check_FrequencyMoved_TakesTheOneInForceWhenThePeriodBegan(string period, string? message) =>
        Finds(Plain with { Was = [new(new(2026, 6, 30), null, null, [Frequency.Day])] }, period, message);

    [Theory]
    [InlineData(WindowRule.Calendar, "period '2026-12' has not begun: its window opens on 2026-12-01T00:00")]
    [InlineData(WindowRule.Cutoff15, null)]
    public void Check_OwnRegime_HoldsInPlaceOfTheSets(WindowRule windows, string? message) =>
        Finds(Plain with { Regime = [new(new(2020, 1, 1), windows, null, null)] }, "2026-12", message);

    [Fact]
    public void Vietnamese_EveryCode_HasATextOfItsOwn()
    {
        var texts = Enum.GetValues<RefusalCode>().Select(RefusalVietnamese.Text).ToList();

        Assert.Equal(texts.Count, texts.Distinct().Count());
    }

    private static void Finds(
        Indicator indicator,
        string period,
        string? message,
        Measure? measure = null,
        IndicatorSet? set = null
    ) =>
        Assert.Equal(
            message,
            PeriodDoor
                .Check(
                    set ?? TestCatalog.Set,
                    indicator,
                    measure ?? TestCatalog.Flow,
                    Period.Parse(period),
                    Now,
                    TestCatalog.Zone
                )
                ?.Message
        );
}
