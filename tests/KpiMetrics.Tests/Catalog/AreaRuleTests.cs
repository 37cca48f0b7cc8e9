namespace KpiMetrics.Tests.Catalog;

public sealed class AreaRuleTests : IDisposable
{
    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(
        "{code: hn, name: Hà Nội, level: province, from: 2025-07-01}",
        "code 'hn' is not made of upper-case letters A-Z and digits"
    )]
    [InlineData(
        "{code: \"01\", name: Hà Nội, level: province, from: 2025-07-01, to: 2025-06-30}",
        "'to' 2025-06-30 lies before 'from' 2025-07-01"
    )]
    [InlineData(
        "{code: \"24\", name: Khác, level: province, from: 2026-01-01}",
        "code '24' is borne by 'Tỉnh Bắc Ninh' from 2025-07-01 on; two areas may"
    )]
    [InlineData(
        "{code: \"01\", name: Hà Nội, level: province, from: 1900-01-01, parent: VN}",
        "parent 'VN' is no area above a province on 1900-01-01"
    )]
    [InlineData(
        "{code: \"01\", name: Hà Nội, level: province, from: 2025-07-01, parent: \"24\"}",
        "parent '24' is no area above a province on"
    )]
    [InlineData("{code: \"01\", name: \" Hà Nội\", level: province, from: 2025-07-01}", "'name' begins or ends with a blank")]
    public void AreaRules_OneBreach_IsRefusedOnItsLine(string area, string expected)
    {
        var fault = Assert.Single(folder.FaultsOfAreas(CatalogFolder.Areas + $"  - {area}\n"));
        Assert.StartsWith("4: area '", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void AreaOverlap_CodeUsedAgainAfterItsEnd_IsTaken()
    {
        var old = "  - {code: \"24\", name: Tỉnh Bắc Giang, level: province, from: 1997-01-01, to: 2025-06-30, parent: VN}\n";
        Assert.Empty(folder.FaultsOfAreas(CatalogFolder.Areas + old));
        var snapshot = folder.Read().Snapshot;
        Assert.Equal("Tỉnh Bắc Giang", snapshot?.FindArea("24", new(2025, 6, 30))?.Name);
        Assert.Equal("Tỉnh Bắc Ninh", snapshot?.FindArea("24", new(2025, 7, 1))?.Name);
    }
}
