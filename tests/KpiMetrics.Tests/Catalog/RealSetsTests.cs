using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Tests.Catalog;

public sealed class RealSetsTests
{
    private static readonly CatalogReading Reading = CatalogReader.Read(CatalogFolder.RepositorySeeds);

    [Fact]
    public void Seeds_AsTheyAre_HaveNoFault() => Assert.Empty(Reading.Faults.Select(fault => fault.ToString()));

    [Theory]
    [InlineData("bac-ninh", 39)]
    [InlineData("lao-cai", 62)]
    [InlineData("cchc", 28)]
    [InlineData("tay-ninh", 0)]
    public void Seeds_EachSet_HasTheIndicatorsOfItsDocument(string set, int indicators) =>
        Assert.Equal(indicators, Reading.Snapshot?.FindSet(set)?.Indicators.Count());

    /// <summary>A bound of 100 is of percentages (three of Lào Cai's rates print no unit), and an answer in code is bounded by its codes.</summary>
    [Fact]
    public void Seeds_Ranges_FitTheirUnits()
    {
        var measures = (Reading.Snapshot?.Sets ?? []).SelectMany(set => set.Measures).ToList();
        var rates = measures.Where(measure => measure.Max == 100m).ToList();
        var coded = measures.Where(measure => measure.Unit?.Contains('=', StringComparison.Ordinal) == true).ToList();

        Assert.Equal((70, 6), (rates.Count, coded.Count));
        Assert.All(rates, measure => Assert.True(measure is { Kind: MeasureKind.Ratio, Unit: "%" or null }, measure.Code));
        Assert.All(
            coded,
            measure =>
                Assert.True(measure.Max is { } most && measure.Unit?.Contains($"= {most}", StringComparison.Ordinal) == true)
        );
    }

    /// <summary>The amounts of decision 18/2021/QĐ-TTg; no source is known for rivers, nor for rain in fewer hours.</summary>
    [Fact]
    public void Seeds_LaoCai_HasThresholdsForRainIn12And24Hours()
    {
        var measures = (Reading.Snapshot?.Sets ?? []).SelectMany(set => set.Measures);

        var rain = Assert.Single(measures, measure => measure.Thresholds.Count > 0);
        Assert.Equal("LC-C01.01", rain.Code);
        Assert.Equal(
            ["12: 50", "24: 100 200 400"],
            rain.Thresholds.Select(threshold =>
                $"{threshold.Hours}: {string.Join(' ', threshold.Levels.Select(level => level.At))}"
            )
        );
        Assert.All(rain.Thresholds, threshold => Assert.Equal(["luong-mua"], threshold.Subjects));
    }

    [Theory]
    [InlineData("VN", "Việt Nam")]
    [InlineData("15", "Tỉnh Lào Cai")]
    [InlineData("24", "Tỉnh Bắc Ninh")]
    [InlineData("80", "Tỉnh Tây Ninh")]
    public void Seeds_Areas_AreTheCountryAndTheThreeProvincesOfToday(string code, string name) =>
        Assert.Equal(name, Reading.Snapshot?.FindArea(code, new(2025, 7, 1))?.Name);

    [Theory]
    [InlineData("15", "10 Tỉnh Lào Cai, 15 Tỉnh Yên Bái")]
    [InlineData("24", "24 Tỉnh Bắc Giang, 27 Tỉnh Bắc Ninh")]
    [InlineData("80", "72 Tỉnh Tây Ninh, 80 Tỉnh Long An")]
    public void Seeds_EachProvince_WasMadeOfTwoWhole(string code, string expected)
    {
        var catalog = Reading.Snapshot;
        var origins = catalog?.FindArea(code, new(2025, 7, 1)) is { } area ? catalog.OriginsOf(area) : [];

        Assert.Equal(expected, string.Join(", ", origins.Select(origin => $"{origin.Area.Code} {origin.Area.Name}")));
        Assert.All(origins, origin => Assert.Equal((1m, new DateOnly(2025, 6, 30)), (origin.Weight, origin.Area.To)));
    }

    [Theory]
    [InlineData("24", 2024, "Tỉnh Bắc Giang")]
    [InlineData("24", 2026, "Tỉnh Bắc Ninh")]
    [InlineData("15", 2024, "Tỉnh Yên Bái")]
    [InlineData("15", 2026, "Tỉnh Lào Cai")]
    [InlineData("80", 2024, "Tỉnh Long An")]
    [InlineData("80", 2026, "Tỉnh Tây Ninh")]
    public void Seeds_BothMaps_AnswerBeforeAndAfterJuly2025(string code, int year, string name) =>
        Assert.Equal(name, Reading.Snapshot?.FindArea(code, new(year, 6, 1))?.Name);

    [Fact]
    public void Seeds_TayNinh_KeepsItsOfficesRulesAndTheDecisionsItReplaces()
    {
        var set = Reading.Snapshot?.FindSet("tay-ninh");
        Assert.Equal(6, set?.Agencies.Count);
        Assert.Equal(5, set?.Rules.Count);
        Assert.Equal(["1584/QĐ-UBND", "2035/QĐ-UBND"], set?.Replaces.Select(old => old.Decision));
        Assert.Equal("last-day-of-period", set?.Regime[0].Due?.ToString());
    }
}
