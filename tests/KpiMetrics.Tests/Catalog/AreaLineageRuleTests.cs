namespace KpiMetrics.Tests.Catalog;

public sealed class AreaLineageRuleTests : IDisposable
{
    private const string Old = """
          - {code: "24", name: Tỉnh Bắc Giang, level: province, from: 1997-01-01, to: 2025-06-30, parent: VN}
          - {code: "27", name: Tỉnh Bắc Ninh, level: province, from: 1997-01-01, to: 2025-06-30, parent: VN}
          - {code: "30", name: Tỉnh Hải Dương, level: province, from: 1997-01-01, parent: VN}
          - {code: "07201", name: Xã, level: commune, from: 2004-07-08, to: 2025-06-30, parent: "24"}
          - {code: "35", name: Tỉnh cũ, level: province, from: 1997-01-01, to: 2024-12-31, parent: VN}

        """;

    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(
        "{code: \"99\"}",
        "predecessor '99': nobody bears code '99' on the day before 2025-07-01, and no area file has it (predecessor of 01@2025-07-01)"
    )]
    [InlineData(
        "{code: \"35\"}",
        "nobody bears code '35' on the day before 2025-07-01; borne: 35 (Tỉnh cũ) from 1997-01-01 to 2024-12-31"
    )]
    [InlineData("{code: \"07201\"}", "'07201' (Xã) is a commune; a province is needed")]
    [InlineData("{code: \"27\"}, {code: \"27\"}", "'27' is named twice")]
    [InlineData("{code: \"30\"}", "30 (Tỉnh Hải Dương) from 1997-01-01 on goes on: end it on 2025-06-30 ('to')")]
    [InlineData("{code: \"30\", weight: 0.4}", "where the rest keeps the code, it is an area of its own from 2025-07-01")]
    [InlineData("{code: \"27\", weight: 1.5}", "weight 1.5 is not in 0..1")]
    public void AreaPredecessors_OneBreach_IsRefusedOnItsLine(string predecessors, string expected)
    {
        var faults = folder.FaultsOfAreas(CatalogFolder.Areas + Old + Later("01", predecessors));

        Assert.All(faults, fault => Assert.StartsWith("9: predecessor '", fault, StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", ", weight: 0.4", "but 1 of its 2 parts have one: 01@2025-07-01 none, 02@2025-07-01 0.4; give all or none")]
    [InlineData(
        ", weight: 0.7",
        ", weight: 0.4",
        "(Tỉnh Bắc Giang) add up to 1.1: 01@2025-07-01 0.7, 02@2025-07-01 0.4; at most 1"
    )]
    [InlineData(
        ", weight: 0.5",
        ", weight: 0.4",
        "add up to 0.9: 01@2025-07-01 0.5, 02@2025-07-01 0.4; 1 is needed, as it ended"
    )]
    public void AreaWeights_OneBreach_IsRefusedWithWhatWasFound(string one, string two, string expected)
    {
        var later = Later("01", $"{{code: \"24\"{one}}}") + Later("02", $"{{code: \"24\"{two}}}");

        Assert.Contains(
            expected,
            Assert.Single(folder.FaultsOfAreas(CatalogFolder.Areas + Old + later)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("24", ", weight: 0.3333333", ", weight: 0.6666666")]
    [InlineData("24", "", "")]
    public void AreaWeights_AddUpOrAreNotGiven_AreTaken(string code, string one, string two) =>
        Assert.Empty(
            folder.FaultsOfAreas(
                CatalogFolder.Areas + Old + Later("01", $"{{code: \"{code}\"{one}}}") + Later("02", $"{{code: \"{code}\"{two}}}")
            )
        );

    [Fact]
    public void AreaWeights_TheOtherPartIsOutsideTheCatalog_IsTaken() =>
        Assert.Empty(folder.FaultsOfAreas(CatalogFolder.Areas + Old + Later("01", "{code: \"24\", weight: 0.3}")));

    [Theory]
    [InlineData("latitude: 91", "'latitude' is 91; allowed: -90..90")]
    [InlineData("longitude: -181", "'longitude' is -181; allowed: -180..180")]
    [InlineData("surface_km2: 0", "'surface_km2' is 0; allowed: more than 0")]
    public void AreaPosition_OffTheGlobe_IsRefused(string value, string expected)
    {
        var area = $"  - {{code: \"01\", name: Hà Nội, level: province, from: 2025-07-01, {value}}}\n";

        Assert.Equal($"4: area '01': {expected}", Assert.Single(folder.FaultsOfAreas(CatalogFolder.Areas + area)));
    }

    [Theory]
    [InlineData(
        "date: 2024-05-01",
        "a code nobody bears on 2024-05-01 (its 'date'); borne: 24 (Tỉnh Bắc Ninh) from 2025-07-01 on"
    )]
    [InlineData("date: 2024-05-01\nfrom: 2025-01-01", "a code nobody bears on 2025-01-01 (its 'from'); borne: 24")]
    public void WithinIsKnown_CodeNotBorneOnTheDayOfTheSet_IsRefusedWithTheDates(string date, string expected)
    {
        var set = CatalogFolder.Set.Replace("date: 2025-10-08", date, StringComparison.Ordinal);

        Assert.Contains(expected, Assert.Single(folder.FaultsOf(set)), StringComparison.Ordinal);
    }

    private static string Later(string code, string predecessors) =>
        $"  - {{code: \"{code}\", name: Tỉnh {code}, level: province, from: 2025-07-01, parent: VN, predecessors: [{predecessors}]}}\n";
}
