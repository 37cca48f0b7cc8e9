using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>What is read when a command names a set file or a folder of them.</summary>
internal static class CatalogPaths
{
    private const string Areas = "areas";

    /// <summary>Without a path all sets in use; a path is read with the areas that come with the program, except for files it has itself, and without the other sets.</summary>
    /// <exception cref="CommandException">There is nothing at the path.</exception>
    public static IEnumerable<string> Of(EngineSettings settings, string? path)
    {
        if (path is null)
            return [.. settings.CatalogFolders, .. settings.Areas.Files];
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new CommandException($"'{path}' is neither a file nor a folder.");
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        var own = Path.GetFileName(folder) == Areas ? folder : Path.Combine(folder, Areas);
        var missing = Directory
            .EnumerateFiles(Path.Combine(EngineSettings.Seeds, Areas), "*.yaml")
            .Where(file => !File.Exists(Path.Combine(own, Path.GetFileName(file))));
        return [.. missing, .. settings.Areas.Files, path];
    }
}
