using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Tests.Catalog;

public sealed class AreaMergeTests : IDisposable
{
    private const string Header = "code,name,level,from,to,parent,kind,latitude,longitude,surface_km2,predecessors\n";

    private readonly CatalogFolder folder = new();

    public AreaMergeTests() => folder.Write("set.yaml", CatalogFolder.Set);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_SecondFileSaysMore_CompletesTheArea()
    {
        folder.Write("areas/b.yaml", "areas:\n  - {code: \"27\", name: Cũ, level: province, from: 1997-01-01, to: 2025-06-30}\n");
        folder.Write("areas/c.csv", $"{Header}24,,,2025-07-01,,,,21.2,106.1,,27\n");
        folder.Write("areas/d.csv", $"{Header}24,Tỉnh Bắc Ninh,province,2025-07-01,,VN,,,,4718.6,27:1\n");

        var reading = folder.Read();

        Assert.Empty(reading.Faults);
        var area = reading.Snapshot?.FindArea("24", new(2026, 1, 1));
        Assert.Equal(("Tỉnh Bắc Ninh", "VN"), (area?.Name, area?.Parent));
        Assert.Equal((21.2m, 106.1m, 4718.6m), (area?.Latitude, area?.Longitude, area?.SurfaceKm2));
        Assert.Equal([new AreaPart("27", 1m)], area?.Predecessors);
    }

    [Theory]
    [InlineData("24,Tỉnh Khác,province,2025-07-01,,,,,,,", "'name' is 'Tỉnh Khác', but ", "say 'Tỉnh Bắc Ninh'")]
    [InlineData("24,Tỉnh Bắc Ninh,commune,2025-07-01,,,,,,,", "'level' is 'commune', but ", "say 'province'")]
    [InlineData("24,,,2025-07-01,,VNM,,,,,", "'parent' is 'VNM', but ", "say 'VN'")]
    public void Read_SecondFileContradicts_IsRefusedWithBothPlaces(string row, string found, string known)
    {
        var file = folder.Write("areas/b.csv", $"{Header}{row}\n");

        var fault = Assert.Single(folder.Read().Faults);
        Assert.Equal((file, 2), (fault.File, fault.Line));
        Assert.Contains(found, fault.Message, StringComparison.Ordinal);
        Assert.Contains("areas.yaml:3 ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(known, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99,,,2025-07-01,,,,,,,", "no file defines the area 99@2025-07-01; here something is only added to it")]
    [InlineData("99,Tên,,2025-07-01,,,,,,,", "code and from are needed, and name and level unless")]
    [InlineData("99,Tên,province,1/7/2025,,,,,,,", "'from' is '1/7/2025'; expected a day from 1900 to 2199, such as 2025-07-01")]
    [InlineData("99,Tên,huyện,2025-07-01,,,,,,,", "'level' is 'huyện'; allowed: ")]
    [InlineData("99,Tên,province,2025-07-01,,,,x,,,", "'latitude' is 'x'; expected a number")]
    [InlineData("99,Tên,province,2025-07-01,,,,,,,24:", "'predecessors' has '24:'; expected a code, or code and weight")]
    [InlineData("99,Tên,province", "3 cells; the header has 11")]
    [InlineData("99,Tên,province,2025-07-01,,24,,,,,", "parent '24' is no area above a province")]
    public void Read_BadRowOfAList_IsAFaultOnItsLine(string row, string expected)
    {
        folder.Write("areas/b.csv", $"{Header}{row}\n");

        var faults = folder.Read().Faults;
        Assert.All(faults, fault => Assert.Equal(2, fault.Line));
        Assert.Contains(faults, fault => fault.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ListWithoutItsColumns_IsAFault()
    {
        folder.Write("areas/b.csv", "code,name\n24,Tỉnh Bắc Ninh\n");

        Assert.StartsWith("the columns level, from, to, ", Assert.Single(folder.Read().Faults).Message, StringComparison.Ordinal);
    }
}
