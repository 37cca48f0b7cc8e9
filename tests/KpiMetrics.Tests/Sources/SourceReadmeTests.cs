using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Sources.Sites;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Sources;

/// <summary>What the READMEs show of a site file can be read, against the sets that come with the program.</summary>
public sealed class SourceReadmeTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Http")]
    [InlineData("Sql")]
    [InlineData("Inbox")]
    public void Readme_ItsExample_IsReadWithoutFaults(string kind)
    {
        var catalog = CatalogReader.Read(Path.Combine(Repository.Root, "seeds")).Snapshot ?? new CatalogSnapshot([], []);
        var readme = Path.Combine(Repository.Root, "src", "KpiMetrics.Pipeline", "Sources", kind, "README.md");
        var examples = File.ReadAllText(readme).Split("```yaml\n")[1..].Select(after => after.Split("```")[0]).ToList();

        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var reading = SiteReader.Read(folder.Write("site.yaml", example), catalog);
            Assert.Empty(reading.Faults);
            Assert.NotEqual(0, reading.Site?.Sources.Count + reading.Site?.Inboxes.Count);
        }
    }
}
