namespace KpiMetrics.ServerTests.Servers;

/// <summary>A folder of its own under the system's temporary one, gone with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kpimetrics-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
