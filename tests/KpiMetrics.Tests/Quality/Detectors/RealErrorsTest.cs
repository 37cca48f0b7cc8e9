using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Tests.Derivation.RealData;

namespace KpiMetrics.Tests.Quality.Detectors;

/// <summary>Errors of the General Statistics Office's own monthly tables, found by what was known in the month they were published.</summary>
public sealed class RealErrorsTest
{
    // In the report of March 2018 the column of indices (the year before = 100) holds growths; that of May 2018 has 0 in it.
    [Theory]
    [InlineData("TỔNG SỐ", "2018-03", "growth-for-index")]
    [InlineData("Bán lẻ hàng hóa", "2018-03", "growth-for-index")]
    [InlineData("Dịch vụ lưu trú, ăn uống", "2018-03", "growth-for-index")]
    [InlineData("Du lịch lữ hành", "2018-03", "growth-for-index")]
    [InlineData("Dịch vụ khác", "2018-03", "growth-for-index")]
    public void Retail_GrowthAmongIndices_IsFound(string item, string period, string code) =>
        Found("vn_gso_retail", item, "yoy_ytd", MeasureKind.Index, "%", period, code);

    [Theory]
    [InlineData("TỔNG TRỊ GIÁ", "2018-05", "outlier")]
    [InlineData("Khu vực kinh tế trong nước", "2018-05", "outlier")]
    [InlineData("Khu vực có vốn đầu tư NN", "2018-05", "outlier")]
    [InlineData("Hàng hoá khác", "2018-05", "outlier")]
    public void Exports_ZeroAmongIndices_IsFound(string item, string period, string code) =>
        Found("vn_gso_exports", item, "yoy_ytd", MeasureKind.Index, "%", period, code);

    // Restated downwards: the year so far is less than it was a month before.
    [Theory]
    [InlineData("vn_gso_exports", "Than đá", "ytd", "triệu USD", "2016-02", "cumulative-fall")]
    [InlineData("vn_gso_exports", "Than đá", "ytd", "triệu USD", "2016-03", "cumulative-fall")]
    [InlineData("vn_gso_exports", "Than đá", "ytd", "triệu USD", "2019-02", "cumulative-fall")]
    [InlineData("vn_gso_retail", "Du lịch lữ hành", "est_ytd", "tỷ đồng", "2021-08", "cumulative-fall")]
    public void Cumulative_RestatedDownwards_IsFound(
        string table,
        string item,
        string column,
        string unit,
        string period,
        string code
    ) => Found(table, item, column, MeasureKind.Cumulative, unit, period, code);

    [Fact]
    public void Production_ZeroAmongIndices_IsFound() =>
        Found("vn_gso_iip", "Công nghiệp chế biến, chế tạo", "mom", MeasureKind.Index, "%", "2015-07", "outlier");

    // No price was set anew in 2017 that had not been before, no pork or petrol price jumped from one month to the next.
    [Fact]
    public void ConsumerPrices_MonthsOfACleanYear_RaiseNothing()
    {
        var (tested, alarms) = (0, new List<string>());
        foreach (var code in Items)
        {
            var series = new RealSeries("vn_gso_cpi", "mom", row => row["item_code"] == code);
            Test(series, [2017], KindOf(code), ref tested, alarms);
        }
        Assert.Empty(alarms);
        Assert.Equal(240, tested);
    }

    [Theory]
    [InlineData("idx")]
    [InlineData("mom")]
    [InlineData("yoy")]
    [InlineData("ytd_avg_yoy")]
    public void ConsumerPrices_TheWholeBasketOfTwoYears_RaisesNothing(string column)
    {
        // The series of the base year 2014 ends with 2019.
        var series = new RealSeries("vn_gso_cpi", column, row => row["item_code"] == "CPI" && row["base_year"] == "2014");
        var (tested, alarms) = (0, new List<string>());
        Test(series, [2017, 2018], MeasureKind.Index, ref tested, alarms);
        Assert.Empty(alarms);
        Assert.InRange(tested, 20, 23);
    }

    private static IEnumerable<string> Items =>
        Case.Read("vn_gso_cpi").Select(row => row["item_code"]).Distinct(StringComparer.Ordinal);

    private static MeasureKind KindOf(string code) => code == "CORE" ? MeasureKind.Ratio : MeasureKind.Index;

    private static void Test(RealSeries series, int[] years, MeasureKind kind, ref int tested, List<string> alarms)
    {
        foreach (var period in series.Points.Keys.Where(period => years.Contains(period.Year)))
        {
            var result = FigureTest.Of(series.At(period, kind, "%"));
            if (result is Suspicious { Detection.Vietnamese: var sentence })
                alarms.Add(sentence);
            tested += result is Untestable ? 0 : 1;
        }
    }

    private static void Found(string table, string item, string column, MeasureKind kind, string unit, string period, string code)
    {
        var series = new RealSeries(table, column, row => row["item"] == item);
        var found = Growing.Suspected(series.At(Period.Parse(period), kind, unit));

        Assert.Equal(code, found.Code);
        TestContext.Current.TestOutputHelper?.WriteLine($"{item}: {found.Vietnamese}");
    }
}
