using System.Text.Json;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Tests.Catalog;

public sealed class CatalogDescriptionTests : IDisposable
{
    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Json_OfAnIndicator_HasTheKeysOfTheContractInOrder()
    {
        var indicator = Json()[0];
        Assert.Equal(
            ["code", "group", "number", "name", "agency", "frequencies", "database", "owner", "source", "measures"],
            indicator.EnumerateObject().Select(key => key.Name)
        );
        Assert.Equal(["M"], indicator.GetProperty("frequencies").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(JsonValueKind.Null, indicator.GetProperty("database").ValueKind);
        Assert.Equal(4, indicator.GetProperty("measures").GetArrayLength());
    }

    [Fact]
    public void Json_OfMeasures_HasEitherReportedOrDerivedAfterKind()
    {
        var measures = Json()[0].GetProperty("measures");
        Assert.Equal(["code", "name", "unit", "kind", "reported"], measures[0].EnumerateObject().Take(5).Select(key => key.Name));
        Assert.Equal(["code", "name", "unit", "kind", "derived"], measures[1].EnumerateObject().Take(5).Select(key => key.Name));
        Assert.True(measures[0].GetProperty("reported").GetBoolean());
        Assert.False(measures[0].TryGetProperty("derived", out _));
        Assert.False(measures[1].TryGetProperty("reported", out _));
        Assert.Equal("""{"rule":"yoy","inputs":["DM-A01.01"]}""", JsonSerializer.Serialize(measures[1].GetProperty("derived")));
        Assert.Equal(JsonValueKind.Null, measures[0].GetProperty("unit").ValueKind);
    }

    [Fact]
    public void Json_OfVietnameseText_IsUnescapedAndIndented()
    {
        var json = CatalogDescription.ToJson(folder.SetOf(CatalogFolder.Set));
        Assert.Contains("\n    \"name\": \"Cây lúa\",\n", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_OfASetWithoutIndicators_IsAnEmptyList() =>
        Assert.Equal(
            "[]",
            CatalogDescription.ToJson(
                folder.SetOf(CatalogFolder.Set[..CatalogFolder.Set.IndexOf("groups:", StringComparison.Ordinal)] + "groups: []\n")
            )
        );

    [Fact]
    public void Text_OfASet_ListsIndicatorsWithTheirMeasuresBeneath() =>
        Assert.Equal(
            """
            demo: Bộ chỉ số
            1/QĐ-UBND, 2025-10-08, UBND tỉnh

            A  NHÓM A
              DM-A01  M   4 measures  Sở  Cây lúa
                DM-A01.01  flow   -  reported        Sản lượng
                DM-A01.02  ratio  -  yoy(DM-A01.01)  So
                DM-A01.03  index  -  reported        Chỉ số
                DM-A01.04  text   -  reported        Bản tin

            """,
            CatalogListing.ToText(folder.SetOf(CatalogFolder.Set))
        );

    private JsonElement Json() => JsonDocument.Parse(CatalogDescription.ToJson(folder.SetOf(CatalogFolder.Set))).RootElement;
}
