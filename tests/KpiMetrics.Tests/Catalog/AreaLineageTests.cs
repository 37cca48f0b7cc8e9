using KpiMetrics.Core.Catalog;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Support.TestAreas;

namespace KpiMetrics.Tests.Catalog;

public sealed class AreaLineageTests
{
    private static readonly CatalogSnapshot Catalog = new([], All);

    [Theory]
    [InlineData("24", "2024-06-01", "Tỉnh Bắc Giang")]
    [InlineData("24", "2025-06-30", "Tỉnh Bắc Giang")]
    [InlineData("24", "2025-07-01", "Tỉnh Bắc Ninh")]
    [InlineData("24", "2026-06-01", "Tỉnh Bắc Ninh")]
    [InlineData("27", "2025-06-30", "Tỉnh Bắc Ninh")]
    [InlineData("27", "2025-07-01", null)]
    public void FindArea_CodeUsedAgain_IsTheAreaOfItsDay(string code, string day, string? name) =>
        Assert.Equal(name, Catalog.FindArea(code, DateOnly.Parse(day, null))?.Name);

    [Fact]
    public void OriginsOf_MergedProvince_AreBothPredecessorsWhole() =>
        Assert.Equal([(BacGiang.Id, 1m), (OldBacNinh.Id, 1m)], Links(Catalog.OriginsOf(BacNinh)));

    [Fact]
    public void OriginsOf_OneWholeOneDivided_HasNoWeightForTheDivided() =>
        Assert.Equal([(Whole.Id, 1m), (Divided.Id, null)], Links(Catalog.OriginsOf(Merged)));

    [Fact]
    public void OriginsOf_DividedWithWeights_HasTheWeights()
    {
        var catalog = new CatalogSnapshot(
            [],
            [Divided, Merged with { Predecessors = [new("07202", 0.3m)] }, Other with { Predecessors = [new("07202", 0.7m)] }]
        );

        Assert.Equal([(Divided.Id, 0.3m)], Links(catalog.OriginsOf(Merged)));
        Assert.Equal([(Merged.Id, 0.3m), (Other.Id, 0.7m)], Links(catalog.SuccessorsOf(Divided)));
    }

    [Fact]
    public void SuccessorsOf_DividedCommune_AreItsParts() =>
        Assert.Equal([(Merged.Id, null), (Other.Id, null)], Links(Catalog.SuccessorsOf(Divided)));

    [Fact]
    public void IsSameOrEarlier_Predecessors_AtAnyDepth()
    {
        var haBac = Area("21", "Tỉnh Hà Bắc", AreaLevel.Province, new(1962, 10, 27), new(1996, 12, 31), "VN");
        var bacGiang = BacGiang with { Predecessors = [new("21", null)] };
        var catalog = new CatalogSnapshot([], [Country, haBac, bacGiang, OldBacNinh, BacNinh, YenBai]);

        Assert.True(catalog.IsSameOrEarlier(BacNinh, BacNinh));
        Assert.True(catalog.IsSameOrEarlier(BacNinh, OldBacNinh));
        Assert.True(catalog.IsSameOrEarlier(BacNinh, haBac));
        Assert.False(catalog.IsSameOrEarlier(OldBacNinh, haBac));
        Assert.False(catalog.IsSameOrEarlier(BacGiang, BacNinh));
        Assert.False(catalog.IsSameOrEarlier(BacNinh, YenBai));
    }

    [Fact]
    public void ChildrenOf_BeforeAndAfterTheMerger_AreThoseOfTheDay()
    {
        Assert.Equal([Whole], Catalog.ChildrenOf(BacGiang, Before));
        Assert.Equal([Divided, Untouched], Catalog.ChildrenOf(OldBacNinh, Before));
        Assert.Equal([Merged, Other, Untouched], Catalog.ChildrenOf(BacNinh, On));
        Assert.Empty(Catalog.ChildrenOf(BacNinh, Before));
        Assert.Empty(Catalog.ChildrenOf(BacGiang, On));
    }

    [Fact]
    public void ParentOf_CommuneThatOutlivesItsProvince_GoesOnInTheSuccessor()
    {
        Assert.Equal(OldBacNinh, Catalog.ParentOf(Untouched, Before));
        Assert.Equal(BacNinh, Catalog.ParentOf(Untouched, On));
    }

    [Theory]
    [InlineData("27", "27@2025-07-01")]
    [InlineData("28", null)]
    public void ParentOf_ProvinceWasDivided_IsThePartWithItsCodeOrNotKnown(string code, string? expected)
    {
        var one = Area(code, "Một", AreaLevel.Province, On, null, null, ("27", null));
        var two = Area("29", "Hai", AreaLevel.Province, On, null, null, ("27", null));

        Assert.Equal(expected, new CatalogSnapshot([], [OldBacNinh, one, two, Untouched]).ParentOf(Untouched, On)?.Id);
    }

    [Fact]
    public void ParentOf_CodeBorneByAnUnrelatedArea_IsNotKnown()
    {
        var unrelated = Area("27", "Tỉnh khác", AreaLevel.Province, On, null, null);

        Assert.Null(new CatalogSnapshot([], [OldBacNinh, unrelated, Untouched]).ParentOf(Untouched, On));
    }

    [Theory]
    [InlineData(null, "2025-12", "24@2025-07-01")]
    [InlineData(null, "2025-07", "24@2025-07-01")]
    [InlineData(null, "2025-06-30", "24@1997-01-01")]
    [InlineData("2024-01-01", "2025-12", "24@2025-07-01")]
    [InlineData("2025-07-01", "2025-05", "24@2025-07-01")]
    public void HomeOf_TheCode_IsReadOnTheDayOfTheSet(string? from, string date, string expected)
    {
        var set = TestCatalog.Set with { Date = date, From = from is null ? null : DateOnly.Parse(from, null) };

        Assert.Equal(expected, Catalog.HomeOf(set)?.Id);
    }

    [Theory]
    [InlineData("Phường", "Ba Đình", "Phường Ba Đình")]
    [InlineData("Phường", "Phường Ba Đình", "Phường Ba Đình")]
    [InlineData(null, "Tỉnh Bắc Ninh", "Tỉnh Bắc Ninh")]
    public void FullName_KindInTheNameOrApart_StandsThereOnce(string? kind, string name, string expected) =>
        Assert.Equal(expected, (Merged with { Kind = kind, Name = name }).FullName);

    private static IEnumerable<(string Id, decimal? Weight)> Links(IEnumerable<AreaOrigin> origins) =>
        origins.Select(origin => (origin.Area.Id, origin.Weight));
}
