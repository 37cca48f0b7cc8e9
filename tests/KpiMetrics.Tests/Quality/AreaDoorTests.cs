using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Quality;

public sealed class AreaDoorTests
{
    private static readonly IndicatorSet Province = TestCatalog.Set with { Date = "2025-12" };
    private static readonly IndicatorSet Communes = Province with { Code = "xa", Level = AreaLevel.Commune };
    private static readonly IndicatorSet LaoCai = Province with { Code = "lc", Within = "10", Date = "2025-06-01" };
    private static readonly IndicatorSet Country = Province with { Code = "vn", Within = "VN" };

    private static readonly Area OldLaoCai = TestAreas.YenBai with { Code = "10", Name = "Tỉnh Lào Cai" };
    private static readonly CatalogSnapshot Catalog = new([Province, Communes, LaoCai, Country], [.. TestAreas.All, OldLaoCai]);

    [Theory]
    [InlineData("24", "2024", "24@1997-01-01")]
    [InlineData("27", "2024", "27@1997-01-01")]
    [InlineData("27", "2025-06", "27@1997-01-01")]
    [InlineData("24", "2025-07", "24@2025-07-01")]
    [InlineData("24", "2025", "24@2025-07-01")]
    public void Find_ProvinceSet_TakesItsProvinceAndWhatItWasMadeFrom(string code, string period, string expected)
    {
        Assert.Null(AreaDoor.Find(Catalog, Province, null, code, Period.Parse(period), out var area));
        Assert.Equal(expected, area?.Id);
    }

    [Theory]
    [InlineData("27", "2025", "no area bears code '27' on 2025-12-31; allowed: 24 (Tỉnh Bắc Ninh) from 2025-07-01 on, ")]
    [InlineData("15", "2024", "area '15' (Tỉnh Yên Bái) on 2024-12-31 is not of this set; allowed: 24 (Tỉnh Bắc Ninh) from 2025")]
    [InlineData("07201", "2026", "area '07201' (Phường Mới) on 2026-12-31 is not of this set; ")]
    public void Find_AnotherArea_IsRefusedWithThoseAllowedAndTheirDates(string code, string period, string message)
    {
        var fault = AreaDoor.Find(Catalog, Province, null, code, Period.Parse(period), out var area);

        Assert.Null(area);
        Assert.Equal(RefusalCode.UnknownArea, fault?.Code);
        Assert.StartsWith(message, fault?.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "24 (Tỉnh Bắc Giang) from 1997-01-01 to 2025-06-30, 27 (Tỉnh Bắc Ninh) from 1997-01-01 to 2025-06-30",
            fault?.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Find_AreaThatMerelyBearsTheCode_IsRefused()
    {
        // The set is of the old Bắc Giang: of 24 it takes what was before July 2025, not the new Bắc Ninh.
        var old = Province with
        {
            From = new(2020, 1, 1),
            Date = "2020-01-01",
        };
        var catalog = new CatalogSnapshot([old], TestAreas.All);

        Assert.Null(AreaDoor.Find(catalog, old, null, "24", Period.Parse("2024"), out _));
        Assert.Equal(
            "area '24' (Tỉnh Bắc Ninh) on 2026-12-31 is not of this set; allowed: 24 (Tỉnh Bắc Giang) from 1997-01-01 to 2025-06-30",
            AreaDoor.Find(catalog, old, null, "24", Period.Parse("2026"), out _)?.Message
        );
    }

    [Theory]
    [InlineData("07201", "2024", "07201@2004-07-08")]
    [InlineData("07202", "2024", "07202@2004-07-08")]
    [InlineData("07201", "2026", "07201@2025-07-01")]
    [InlineData("07204", "2024", "07204@2004-07-08")]
    [InlineData("07204", "2026", "07204@2004-07-08")]
    public void Find_CommuneSet_TakesCommunesOfItsProvinceAndOfWhatThatWasMadeFrom(string code, string period, string expected)
    {
        Assert.Null(AreaDoor.Find(Catalog, Communes, null, code, Period.Parse(period), out var area));
        Assert.Equal(expected, area?.Id);
    }

    [Theory]
    [InlineData("24", "2026", "; allowed: the 3 communes of 24 (Tỉnh Bắc Ninh)")]
    [InlineData("24", "2024", "; allowed: the 3 communes of 24 (Tỉnh Bắc Giang), 27 (Tỉnh Bắc Ninh)")]
    [InlineData("24", "1996", "; '24' and what it was made from are not known to have stood on 1996-12-31")]
    public void Find_CommuneSet_RefusesTheProvinceAndCountsTheCommunes(string code, string period, string message) =>
        Assert.EndsWith(
            message,
            AreaDoor.Find(Catalog, Communes, null, code, Period.Parse(period), out _)?.Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("24", "2026", true)]
    [InlineData("15", "2024", true)]
    [InlineData("07201", "2026", false)]
    public void Find_SetOfTheCountry_TakesEveryProvince(string code, string period, bool taken) =>
        Assert.Equal(taken, AreaDoor.Find(Catalog, Country, null, code, Period.Parse(period), out _) is null);

    [Fact]
    public void Find_ManyRows_AreQuick()
    {
        var period = Period.Parse("2026-10");
        var set = Communes with { Date = "2025-12-01" };
        var communes = Enumerable
            .Range(0, 3321)
            .Select(number => TestAreas.Other with { Code = $"{10000 + number}", Predecessors = [] });
        var catalog = new CatalogSnapshot([set], [.. TestAreas.All, .. communes]);
        var taken = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var row = 0; row < 200_000; row++)
            taken += AreaDoor.Find(catalog, set, null, "12345", period, out _) is null ? 1 : 0;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;

        Assert.Equal(200_000, taken);
        Assert.InRange(bytes / 200_000, 0, 200);
    }
}
