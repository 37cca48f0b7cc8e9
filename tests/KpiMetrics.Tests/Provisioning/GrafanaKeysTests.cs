using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>Nothing in provisioning/grafana is written that Grafana does not read.</summary>
public sealed class GrafanaKeysTests
{
    public static TheoryData<string> Files => [.. GrafanaFiles.Paths];

    [Theory, MemberData(nameof(Files))]
    public void File_Any_HasDocumentedKeysOnly(string path)
    {
        var folder = path.Split('/')[^2];
        var content = Read(path);

        Assert.Contains(folder, GrafanaKeys.ByFolder.Keys);
        Assert.Equal("1", content["apiVersion"]);
        Assert.Empty(GrafanaKeys.Unknown(GrafanaKeys.ByFolder[folder], content));
    }

    [Fact]
    public void Files_OfEveryKind_AreThere() =>
        Assert.Equal(
            GrafanaKeys.ByFolder.Keys.Order(StringComparer.Ordinal),
            GrafanaFiles.Paths.Select(path => path.Split('/')[^2]).Distinct().Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("prun", "true")] // a key that was never one
    [InlineData("groups", "of the folder beside it")]
    public void Key_OfNoSuchFile_IsFound(string key, string value)
    {
        var content = Read($"{GrafanaFiles.Folder}/datasources/kpimetrics.yaml");
        content[key] = value;

        Assert.Equal([key], GrafanaKeys.Unknown(GrafanaKeys.ByFolder["datasources"], content));
    }
}
