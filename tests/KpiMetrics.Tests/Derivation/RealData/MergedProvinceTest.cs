using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.Case;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>
/// The new Bắc Ninh (24 from 1 July 2025) against the year before, when 24 was the code of Bắc Giang alone and Bắc Ninh was 27; figures made up.
/// </summary>
public sealed class MergedProvinceTest : IDisposable
{
    private const string BacNinh = "24@2025-07-01";
    private const string BacGiang = "24@1997-01-01";
    private const string OldBacNinh = "27@1997-01-01";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("MG-01.01")]
    [InlineData("MG-01.06")]
    public async Task Yoy_OfAFlowOrAStock_IsAgainstTheSumOfBothPredecessors(string measure)
    {
        var ledger = await TakeAsync(
            Row(measure, "24", "2025-01", "700"),
            Row(measure, "27", "2025-01", "300"),
            Row(measure, "24", "2026-01", "1200")
        );

        var past = await ledger.FigureAsync("merger", measure, BacNinh, "2025-01");
        var now = await ledger.FigureAsync("merger", measure, BacNinh, "2026-01");

        Assert.Equal(
            (1000m, 2, 2),
            (past?.Figure.Current.Value.Number, past?.Figure.Computed?.Have, past?.Figure.Computed?.Need)
        );
        Assert.Equal(20m, now?.Yoy.Value);
        Assert.Equal(Vintage.Official, now?.YoyBase);
        Assert.Equal(700m, (await ledger.FigureAsync("merger", measure, BacGiang, "2025-01"))?.Figure.Current.Value.Number);
        Assert.Equal(300m, (await ledger.FigureAsync("merger", measure, OldBacNinh, "2025-01"))?.Figure.Current.Value.Number);
        Assert.Null(await ledger.FigureAsync("merger", measure, BacGiang, "2026-01"));
    }

    [Theory]
    [InlineData("24", "Tỉnh Bắc Ninh (27@1997-01-01)")]
    [InlineData("27", "Tỉnh Bắc Giang (24@1997-01-01)")]
    public async Task Yoy_WithOnePredecessorMissing_HasNoFigureAndNamesIt(string reported, string missing)
    {
        var ledger = await TakeAsync(Row("MG-01.01", reported, "2025-01", "700"), Row("MG-01.01", "24", "2026-01", "1200"));

        var past = await ledger.FigureAsync("merger", "MG-01.01", BacNinh, "2025-01");
        var now = await ledger.FigureAsync("merger", "MG-01.01", BacNinh, "2026-01");

        Assert.Equal((FigureValue.None, ObsStatus.Missing), (past?.Figure.Current.Value, past?.Figure.Current.Status));
        Assert.Equal((null, $"no figure of {missing} for 2025-01"), (now?.Yoy.Value, now?.Yoy.Why));
        Assert.Equal((1, 2), (past?.Figure.Computed?.Have, past?.Figure.Computed?.Need));
    }

    /// <summary>450 of 500 (90 %) and 300 of 400 (75 %) are 750 of 900, not the mean of the rates.</summary>
    [Fact]
    public async Task Yoy_OfARateWithItsParts_IsAgainstTheRatioOfSums()
    {
        var ledger = await TakeAsync(
            Row("MG-01.02", "24", "2025-01", "450"),
            Row("MG-01.03", "24", "2025-01", "500"),
            Row("MG-01.04", "24", "2025-01", "90"),
            Row("MG-01.02", "27", "2025-01", "300"),
            Row("MG-01.03", "27", "2025-01", "400"),
            Row("MG-01.04", "27", "2025-01", "75"),
            Row("MG-01.04", "24", "2026-01", "95")
        );

        var past = await ledger.FigureAsync("merger", "MG-01.04", BacNinh, "2025-01");
        var now = await ledger.FigureAsync("merger", "MG-01.04", BacNinh, "2026-01");

        Assert.Equal(750m / 900m * 100m, past?.Figure.Current.Value.Number);
        Assert.Equal(95m - 750m / 900m * 100m, now?.Yoy.Value);
    }

    [Fact]
    public async Task Yoy_OfARateWithoutItsParts_IsABreakAndSaysWhy()
    {
        var ledger = await TakeAsync(
            Row("MG-01.05", "24", "2025-01", "90"),
            Row("MG-01.05", "27", "2025-01", "75"),
            Row("MG-01.05", "24", "2026-01", "95")
        );

        var past = await ledger.FigureAsync("merger", "MG-01.05", BacNinh, "2025-01");
        var now = await ledger.FigureAsync("merger", "MG-01.05", BacNinh, "2026-01");

        Assert.Equal((FigureValue.None, ObsStatus.Break), (past?.Figure.Current.Value, past?.Figure.Current.Status));
        Assert.Equal((null, Absence.NotAdditive), (now?.Yoy.Value, now?.Yoy.Absence));
        Assert.Equal(
            "break in the series: Tỉnh Bắc Giang (24@1997-01-01), Tỉnh Bắc Ninh (27@1997-01-01) became one, and figures of this kind do not add up over areas",
            now?.Yoy.Why
        );
    }

    /// <summary>The year of the merger: the months before it from both, those after it from the new one, and the year so far goes through.</summary>
    [Fact]
    public async Task Ytd_InTheYearOfTheMerger_GoesThroughIt()
    {
        var months = Enumerable.Range(1, 6).Select(month => $"2025-{month:00}").ToList();
        var ledger = await TakeAsync([
            .. months.Select(month => Row("MG-01.01", "24", month, "70")),
            .. months.Select(month => Row("MG-01.01", "27", month, "30")),
            Row("MG-01.01", "24", "2025-07", "110"),
        ]);

        var july = await ledger.FigureAsync("merger", "MG-01.01", BacNinh, "2025-07");

        Assert.Equal((10m, 710m, 7, 7), (july?.Pop.Value, july?.Ytd.Total.Value, july?.Ytd.Have, july?.Ytd.Need));
        Assert.Equal(710m, (await ledger.FigureAsync("merger", "MG-01.01", BacNinh, "2025"))?.Figure.Current.Value.Number);
        Assert.Equal(420m, (await ledger.FigureAsync("merger", "MG-01.01", BacGiang, "2025-06"))?.Ytd.Total.Value);
    }

    private async Task<Case> TakeAsync(params RawRow[] rows)
    {
        var ledger = await OpenAsync(folder, "merger.db", "merger/merger.yaml");
        await ledger.ReportAsync("merger", new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), rows);
        return ledger;
    }
}
