using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.Case;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>Comparisons of the real communes of the country with what they were made from on 1 July 2025; figures made up.</summary>
public sealed class MergedCommunesTest(RealAreas areas) : IClassFixture<RealAreas>, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Import_OfTheCountry_TakesAllButTheRowsWithoutAnOldCode()
    {
        Assert.Equal((34, 0), (areas.Provinces.Rows, areas.Provinces.Refused));
        Assert.Equal((3321, 0), (areas.Communes.Rows, areas.Communes.Refused));
        Assert.Equal((10602, 5), (areas.Lineage.Rows, areas.Lineage.Refused));
    }

    [Fact]
    public async Task Yoy_OfACommuneMadeOfWholeOnes_IsAgainstTheirSum()
    {
        var ledger = await OpenAsync(folder, "communes.db", [.. areas.Files, "merger/communes.yaml"]);
        var origins = OriginsOf(ledger, "07210@2025-07-01");
        Assert.Equal(7, origins.Count);
        await ReportAsync(
            ledger,
            "communes",
            [.. origins.Select(code => Row("XA-01.01", code, "2025-01", "100")), Row("XA-01.01", "07210", "2026-01", "770")]
        );

        Assert.Equal(10m, (await ledger.FigureAsync("communes", "XA-01.01", "07210@2025-07-01", "2026-01"))?.Yoy.Value);
        Assert.Equal(
            100m,
            (await ledger.FigureAsync("communes", "XA-01.01", "07210@2004-07-08", "2025-01"))?.Figure.Current.Value.Number
        );
    }

    /// <summary>Xã Suối Dây (the old 25534) was divided over Tân Thành (the new 25534) and Tân Châu.</summary>
    [Fact]
    public async Task Yoy_WithADividedCommuneAndNoWeights_HasNoFigureAndSaysWhy()
    {
        var ledger = await OpenAsync(folder, "divided.db", [.. areas.Files, "merger/divided.yaml"]);
        await ReportAsync(ledger, "divided", DividedRows("CH-01.01"));

        var past = await ledger.FigureAsync("divided", "CH-01.01", "25534@2025-07-01", "2025-01");
        var now = await ledger.FigureAsync("divided", "CH-01.01", "25534@2025-07-01", "2026-01");

        Assert.Equal((FigureValue.None, ObsStatus.Break), (past?.Figure.Current.Value, past?.Figure.Current.Status));
        Assert.Equal(
            (null, "break in the series: Xã Suối Dây (25534@2004-07-08) was divided and no weights are given"),
            (now?.Yoy.Value, now?.Yoy.Why)
        );
    }

    /// <summary>0.6 of 500 and all of 200 are 500.</summary>
    [Fact]
    public async Task Yoy_WithADividedCommuneAndWeights_IsAgainstTheWeightedSum()
    {
        var files = areas.With(folder, "old_code,new_code,weight\n25534,25534,0.6\n25534,25516,0.4\n");
        var ledger = await OpenAsync(folder, "divided.db", [.. files, "merger/divided.yaml"]);
        await ReportAsync(ledger, "divided", [.. DividedRows("CH-01.01"), .. DividedRows("CH-01.02")]);

        var past = await ledger.FigureAsync("divided", "CH-01.01", "25534@2025-07-01", "2025-01");
        var now = await ledger.FigureAsync("divided", "CH-01.01", "25534@2025-07-01", "2026-01");
        var rate = await ledger.FigureAsync("divided", "CH-01.02", "25534@2025-07-01", "2026-01");

        Assert.Equal((500m, 2, 2), (past?.Figure.Current.Value.Number, past?.Figure.Computed?.Have, past?.Figure.Computed?.Need));
        Assert.Equal(10m, now?.Yoy.Value);
        Assert.Equal(Absence.NotAdditive, rate?.Yoy.Absence);
    }

    /// <summary>Every commune, old and new, reports its hundred a month: 313 communes before the merger, 99 since.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Province_FromItsCommunes_HasTheCoverageOfItsDay(bool lacksNewCommune, bool lacksOldCommune)
    {
        var ledger = await OpenAsync(folder, "communes.db", [.. areas.Files, "merger/communes.yaml"]);
        var old = Standing(ledger, new(2025, 2, 28)).Skip(lacksOldCommune ? 1 : 0).ToList();
        var made = Standing(ledger, new(2026, 2, 28)).Skip(lacksNewCommune ? 1 : 0).ToList();
        await ReportAsync(
            ledger,
            "communes",
            [
                .. old.Select(code => Row("XA-01.01", code, "2025-02", "100")),
                .. made.Select(code => Row("XA-01.01", code, "2026-02", "400")),
            ]
        );

        var past = await ledger.FigureAsync("communes", "XA-01.01", "24@2025-07-01", "2025-02");
        var now = await ledger.FigureAsync("communes", "XA-01.01", "24@2025-07-01", "2026-02");
        var bacGiang = await ledger.FigureAsync("communes", "XA-01.01", "24@1997-01-01", "2025-02");

        Assert.Equal((100m * old.Count, 400m * made.Count), (Number(past), Number(now)));
        Assert.Equal((made.Count, 99), (now?.Figure.Computed?.Have, now?.Figure.Computed?.Need));
        Assert.Equal((lacksOldCommune ? 191 : 192, 192), (bacGiang?.Figure.Computed?.Have, bacGiang?.Figure.Computed?.Need));
        Assert.Equal((lacksOldCommune ? 1 : 2, 2), (past?.Figure.Computed?.Have, past?.Figure.Computed?.Need));
        var isWhole = !lacksNewCommune && !lacksOldCommune;
        Assert.Equal(isWhole ? (39600m - 31300m) / 31300m * 100m : null, now?.Yoy.Value);
        Assert.Equal(isWhole ? Absence.None : Absence.Incomplete, now?.Yoy.Absence);
    }

    private static List<RawRow> DividedRows(string measure) =>
        [
            Row(measure, "25534", "2025-01", "500"),
            Row(measure, "25543", "2025-01", "200"),
            Row(measure, "25534", "2026-01", "550"),
        ];

    private static Task ReportAsync(Case ledger, string set, params IEnumerable<RawRow> rows) =>
        ledger.ReportAsync(set, new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), rows);

    private static List<string> OriginsOf(Case ledger, string area) =>
        [.. ledger.Catalog.OriginsOf(Find(ledger, area)).Select(origin => origin.Area.Code)];

    // Those of the old Bắc Giang first.
    private static IEnumerable<string> Standing(Case ledger, DateOnly day) =>
        ((string[])["24@1997-01-01", "27@1997-01-01", "24@2025-07-01"])
            .SelectMany(province => ledger.Catalog.ChildrenOf(Find(ledger, province), day))
            .Select(area => area.Code);

    private static Area Find(Case ledger, string area) =>
        ledger.Catalog.FindAreaById(area) ?? throw new InvalidOperationException();

    private static decimal? Number(DerivedFigure? row) => row?.Figure.Current.Value.Number;
}
