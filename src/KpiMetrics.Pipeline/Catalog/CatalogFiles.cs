using KpiMetrics.Pipeline.Catalog.Areas;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>
/// Which files a catalog consists of: the <c>*.yaml</c> of a folder are sets, those of its folder <c>areas</c> and the <c>*.csv</c> there
/// are area files.
/// A single set file brings the areas beside it along.
/// </summary>
internal static class CatalogFiles
{
    private const string Pattern = "*.yaml";
    private const string ListPattern = "*.csv";
    private const string AreaFolder = "areas";

    /// <summary>Each file once, however many paths lead to it; a path without any file has null and the reason.</summary>
    public static IReadOnlyList<CatalogFile> Find(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. paths.SelectMany(FilesAt).Where(file => file.Problem is not null || seen.Add(Path.GetFullPath(file.Path)))];
    }

    private static IReadOnlyList<CatalogFile> FilesAt(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return FilesIn(path);
            if (!File.Exists(path))
                return [new(path, false, "no such file or folder")];
            var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
            if (Path.GetFileName(folder) == AreaFolder || AreaStore.IsList(path))
                return [new(path, true)];
            return [new(path, false), .. AreasBeside(Path.GetDirectoryName(path) ?? "")];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [new(path, false, $"cannot be read: {exception.Message}")];
        }
    }

    private static IReadOnlyList<CatalogFile> FilesIn(string folder)
    {
        IReadOnlyList<CatalogFile> files =
        [
            .. Sorted(folder).Select(file => new CatalogFile(file, false)),
            .. AreasBeside(folder),
        ];
        return files.Count > 0 ? files : [new(folder, false, $"the folder holds no {Pattern} and no {AreaFolder}/{Pattern}")];
    }

    private static IEnumerable<CatalogFile> AreasBeside(string folder)
    {
        var areas = Path.Combine(folder, AreaFolder);
        return Directory.Exists(areas)
            ? Sorted(areas).Concat(Sorted(areas, ListPattern)).Select(file => new CatalogFile(file, true))
            : [];
    }

    private static IEnumerable<string> Sorted(string folder, string pattern = Pattern) =>
        Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal);
}
