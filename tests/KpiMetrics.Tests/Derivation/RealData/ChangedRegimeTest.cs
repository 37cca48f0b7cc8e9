using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.Case;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>A set that counts by the calendar until June 2025 and up to the 14th from July on, and two indicators of one set under both rules.</summary>
public sealed class ChangedRegimeTest : IDisposable
{
    private static readonly Period Change = Period.Parse("2025-07");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Periods_BeforeTheChange_StayAsTheyWere()
    {
        var before = await TakeAsync("before");
        var after = await TakeAsync("after");

        var then = Earlier(await before.ExportAsync("regimes")).ToList();
        var now = Earlier(await after.ExportAsync("regimes")).ToList();

        Assert.Equal(18 + 6 + 1, then.Count(row => row.Series.Measure == "RG-01.01"));
        Assert.Equal(then.Select(Shown), now.Select(Shown));
        Assert.Equal(then.Select(row => PlaceOf(before, row)), now.Select(row => PlaceOf(after, row)));
    }

    /// <summary>June is the calendar's, and July, which begins on 15 June, is compared with neither June nor the July before.</summary>
    [Fact]
    public async Task Periods_AfterTheChange_AreNotComparedWithThoseBefore()
    {
        var ledger = await TakeAsync("after");
        var rows = (await ledger.ExportAsync("regimes", "RG-01.01")).ToDictionary(
            row => row.Derived.Figure.Period.ToString(),
            row => row.Derived
        );

        Assert.Equal(new(2025, 6, 15), ledger.Catalog.FindSet("regimes")?.WindowOf(Change).FirstDay);
        Assert.Equal(new(2025, 6, 30), ledger.Catalog.FindSet("regimes")?.WindowOf(Period.Parse("2025-06")).LastDay);
        Assert.Equal("2025-06 covers its days by another rule", rows["2025-07"].Pop.Why);
        Assert.Equal("2024-07 covers its days by another rule", rows["2025-07"].Yoy.Why);
        Assert.Equal("2025-07 covers its days by another rule", rows["2025-07"].Ytd.Total.Why);
        Assert.Equal(Absence.WindowsDiffer, rows["2025-07"].YtdYoy.Absence);
        Assert.Equal(Absence.None, rows["2025-08"].Pop.Absence);
        Assert.Equal(Absence.WindowsDiffer, rows["2025-12"].Ytd.Total.Absence);
        Assert.Equal("2025-Q2 covers its days by another rule", rows["2025-Q3"].Pop.Why);
        Assert.Equal(Absence.None, rows["2025-Q4"].Pop.Absence);
        Assert.Equal(3, rows["2025-Q3"].Figure.Computed?.Have);
        Assert.Equal("2025 covers its days by another rule", rows["2025"].Figure.Computed?.Result.Why);
        Assert.Equal(Absence.None, rows["2026-01"].Pop.Absence);
        Assert.Equal(Absence.None, rows["2026-01"].Ytd.Total.Absence);
        Assert.Equal(Absence.WindowsDiffer, rows["2026-01"].Yoy.Absence);
        Assert.Equal(Absence.None, rows["2026-07"].Yoy.Absence);
    }

    /// <summary>The running total of the changed year is not given either.</summary>
    [Fact]
    public async Task RunningTotal_OverTheChange_IsNotMade()
    {
        var ledger = await TakeAsync("after");

        var june = await ledger.FigureAsync("regimes", "RG-01.02", "VN@1945-09-02", "2025-06");
        var july = await ledger.FigureAsync("regimes", "RG-01.02", "VN@1945-09-02", "2025-07");

        Assert.Equal(13m + 14m + 15m + 16m + 17m + 18m, june?.Figure.Current.Value.Number);
        Assert.Equal("2025-07 covers its days by another rule", july?.Figure.Computed?.Result.Why);
    }

    [Theory]
    [InlineData("RG-01.03")]
    [InlineData("RG-01.04")]
    public async Task Row_OfTwoIndicatorsWithOtherWindows_HasNoFigureAndSaysWhy(string measure)
    {
        var before = await TakeAsync("before");
        var after = await TakeAsync("after");
        foreach (var row in await before.ExportAsync("regimes", measure))
        {
            var period = row.Derived.Figure.Period;
            Assert.Null(row.Derived.Figure.Current.Value.Number);
            Assert.Equal($"{period} covers its days by another rule", row.Derived.Figure.Computed?.Result.Why);
        }
        foreach (var row in await after.ExportAsync("regimes", measure))
        {
            var isAlike = row.Derived.Figure.Period.Start >= Change.Start;
            Assert.Equal(isAlike, row.Derived.Figure.Current.Value.Number is not null);
        }
    }

    private async Task<Case> TakeAsync(string version)
    {
        var ledger = await OpenAsync(folder, version + ".db", $"regimes/{version}.yaml");
        await ledger.ReportAsync("regimes", new(2026, 12, 31, 0, 0, 0, TimeSpan.FromHours(7)), Rows());
        return ledger;
    }

    // Three years of months: 2024-01 is 1, 2024-02 is 2 and so on.
    private static IEnumerable<RawRow> Rows() =>
        from indicator in (string[])["RG-01.01", "RG-02.01"]
        from month in Enumerable.Range(0, 36)
        select Row(indicator, "VN", $"{2024 + month / 12}-{month % 12 + 1:00}", $"{month + 1}");

    private static IEnumerable<FigureRow> Earlier(List<FigureRow> rows) =>
        rows.Where(row => row.Derived.Figure.Period.End <= Change.Start);

    private static (string, Period, decimal?, Derived, Derived, Cumulated, Derived) Shown(FigureRow row)
    {
        var (figure, pop, yoy, ytd, ytdYoy) = row.Derived;
        return (row.Series.Measure, figure.Period, figure.Current.Value.Number, pop, yoy, ytd, ytdYoy);
    }

    // The window, and the time of the point in InfluxDB.
    private static (Window Window, long Seconds) PlaceOf(Case ledger, FigureRow row)
    {
        var formula = new SeriesGraph(ledger.Catalog).FormulaOf(row.Series) ?? throw new InvalidOperationException();
        var period = row.Derived.Figure.Period;
        return (formula.WindowOf(period), new PointBuilder(row.Series, formula, TestCatalog.Zone).AddressOf(period).Seconds);
    }
}
