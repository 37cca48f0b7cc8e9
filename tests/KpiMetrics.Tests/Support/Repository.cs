namespace KpiMetrics.Tests.Support;

/// <summary>Where the repository lies, and the shared data beside it where there is any.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file beside the repository; the test that needs it is skipped where it is not there.</summary>
    public static string Shared(string path)
    {
        var full = Path.Combine(Root, "..", "shared", path);
        if (!File.Exists(full))
            Assert.Skip($"../shared/{path} is not there: this test needs the real data beside the repository.");
        return full;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KpiMetrics.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No KpiMetrics.sln above the tests.");
    }
}
