using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Collection.Intake;

namespace KpiMetrics.Tests.Collection;

/// <summary>What is kept of a row that is taken.</summary>
public sealed partial class RowDoorTests
{
    [Theory]
    [InlineData("T-01.01", "", "1155106", "T-01.01/ 2026-10=1155106 A official")]
    [InlineData("T-01.01", "", "1.155.106", "T-01.01/ 2026-10=1155106 A official")]
    [InlineData("T-01.03", "", "99,61%", "T-01.03/ 2026-10=99.61 A official")]
    [InlineData("T-01.03", "", "99,61", "T-01.03/ 2026-10=99.61 A official")]
    [InlineData("T-01.05", "", "=Bão số 3", "T-01.05/ 2026-10==Bão số 3 A official")]
    [InlineData("T-01.06", "lua", "1,10", "T-01.06/lua 2026-10=1.10 A official")]
    [InlineData("T-01.06", "Cây lúa", "1,10", "T-01.06/lua 2026-10=1.10 A official")]
    [InlineData("T-01.06", "CÂY NGÔ", "1,10", "T-01.06/ngo 2026-10=1.10 A official")]
    public async Task Take_GoodRow_IsKeptAsWritten(string measure, string subject, string value, string figure)
    {
        var intake = await CreateAsync(folder);

        await intake.TakeAsync(Row(measure, value: value) with { Subject = Text(subject) });

        Assert.Equal([figure], await intake.FiguresAsync());
    }

    [Fact]
    public async Task Take_StatusVintageAndNote_AreKept()
    {
        var intake = await CreateAsync(folder);

        await intake.TakeAsync(Row() with { Status = Text("P"), Vintage = Text("preliminary"), Note = Text("Biểu 1, hàng 2") });

        Assert.Equal(["T-01.01/ 2026-10=1 P preliminary Biểu 1, hàng 2"], await intake.FiguresAsync());
    }

    [Fact]
    public async Task Take_StatusM_WithdrawsTheFigure()
    {
        var intake = await CreateAsync(folder);

        var result = await intake.TakeAsync(Row(value: "") with { Status = Text("M") });

        Assert.Equal(1, result.Receipt.Recorded);
        Assert.Equal(["T-01.01/ 2026-10= M official"], await intake.FiguresAsync());
    }

    [Theory]
    [InlineData("1234.5", "1234.5")]
    [InlineData("1.234", "1.234")]
    [InlineData("1.5E3", "1500")]
    [InlineData("99.61%", "99.61")]
    public async Task Take_NumberTypedByAMachine_NeedsNoLocale(string digits, string value)
    {
        var intake = await CreateAsync(folder);
        var row = Row(measure: "T-01.03") with { Value = new(digits, CellKind.Number, "") };

        await intake.TakeAsync(new[] { row }.ToAsyncEnumerable(), NumberLocale.Vi);

        Assert.Equal([$"T-01.03/ 2026-10={value} A official"], await intake.FiguresAsync());
    }

    [Theory]
    [InlineData(NumberLocale.Vi, "1234")]
    [InlineData(NumberLocale.En, "1.234")]
    public async Task Take_DeclaredLocale_SettlesWhatCouldBeTwoNumbers(NumberLocale locale, string value)
    {
        var intake = await CreateAsync(folder);

        await intake.TakeAsync(new[] { Row(value: "1.234") }.ToAsyncEnumerable(), locale);

        Assert.Equal([$"T-01.01/ 2026-10={value} A official"], await intake.FiguresAsync());
    }

    [Theory]
    [InlineData("20/11/2026", "2026-11-20")]
    [InlineData("2026-11-20T14", "2026-11-20T14")]
    [InlineData("2026-11", "2026-11")]
    [InlineData("2026", "2026")]
    public async Task Take_PeriodThatHasBegun_NeedNotHaveEnded(string text, string period)
    {
        var intake = await CreateAsync(folder);

        await intake.TakeAsync(Row(period: text));

        Assert.Equal([$"T-01.01/ {period}=1 A official"], await intake.FiguresAsync());
    }

    [Theory]
    [InlineData("2026-11-20T15")]
    [InlineData("21/11/2026")]
    [InlineData("2026-W48")]
    [InlineData("2027")]
    public async Task Take_PeriodThatBeginsLater_IsRefused(string text)
    {
        var intake = await CreateAsync(folder);

        await intake.TakeAsync(Row(period: text));

        Assert.Equal(RefusalCode.PeriodNotBegun, Assert.Single(intake.Refusals).Code);
    }

    [Fact]
    public async Task Take_WindowThatOpensBeforeTheCalendar_CountsAsBegun()
    {
        var set = TestCatalog.Set with { Regime = [new(new(2020, 1, 1), WindowRule.Cutoff15, null, null)] };
        var intake = await CreateAsync(folder, new([set], TestCatalog.Snapshot.Areas));

        await intake.TakeAsync(Row(period: "2026-12"), Row(period: "2027-01"));

        Assert.Equal(["T-01.01/ 2026-12=1 A official"], await intake.FiguresAsync());
        Assert.EndsWith("opens on 2026-12-15T00:00", Assert.Single(intake.Refusals).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusalVietnamese_EveryCode_HasItsOwnText() =>
        Assert.Distinct(Enum.GetValues<RefusalCode>().Select(RefusalVietnamese.Text));

    private static CatalogSnapshot With(Func<Indicator, Indicator> change)
    {
        var group = TestCatalog.Set.Groups[0];
        var set = TestCatalog.Set with { Groups = [group with { Indicators = [.. group.Indicators.Select(change)] }] };
        return new([set], TestCatalog.Snapshot.Areas);
    }
}
