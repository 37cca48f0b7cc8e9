using KpiMetrics.Pipeline.Sources.Sites;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Sources.Sites;

/// <summary>Site files in a temporary folder, read against the small test set.</summary>
internal sealed class SiteFiles : IDisposable
{
    private readonly TempFolder folder = new();

    public string Folder => folder.Path;

    public SiteReading Read(string yaml) =>
        SiteReader.Read(folder.Write("site.yaml", yaml), TestCatalog.Snapshot, folder.File("inbox"));

    /// <summary>The faults, each as <c>LINE: message</c>.</summary>
    public IReadOnlyList<string> FaultsOf(string yaml)
    {
        var reading = Read(yaml);
        Assert.Equal(reading.Faults.Count > 0, reading.Site is null);
        return [.. reading.Faults.Select(fault => $"{fault.Line}: {fault.Message}")];
    }

    public void Dispose() => folder.Dispose();
}
