using KpiMetrics.Pipeline.Catalog.Areas;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>
/// Which files a catalog consists of: the <c>*.yaml</c> of a folder are sets, those of its folder <c>areas</c> and the <c>*.csv</c> there
/// are area files, the <c>*.yaml</c> of its folder <c>holidays</c> files of holidays.
/// A single set file brings the areas and holidays beside it along.
/// </summary>
internal static class CatalogFiles
{
    private const string Pattern = "*.yaml";
    private const string ListPattern = "*.csv";
    private const string AreaFolder = "areas";
    private const string HolidayFolder = "holidays";

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
                return [new(path, CatalogFileKind.Set, "no such file or folder")];
            var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
            if (Path.GetFileName(folder) == AreaFolder || AreaStore.IsList(path))
                return [new(path, CatalogFileKind.Areas)];
            if (Path.GetFileName(folder) == HolidayFolder)
                return [new(path, CatalogFileKind.Holidays)];
            return [new(path, CatalogFileKind.Set), .. Beside(Path.GetDirectoryName(path) ?? "")];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [new(path, CatalogFileKind.Set, $"cannot be read: {exception.Message}")];
        }
    }

    private static IReadOnlyList<CatalogFile> FilesIn(string folder)
    {
        IReadOnlyList<CatalogFile> files =
        [
            .. Sorted(folder).Select(file => new CatalogFile(file, CatalogFileKind.Set)),
            .. Beside(folder),
        ];
        return files.Count > 0
            ? files
            :
            [
                new(
                    folder,
                    CatalogFileKind.Set,
                    $"the folder holds no {Pattern}, no {AreaFolder}/{Pattern} and no {HolidayFolder}/{Pattern}"
                ),
            ];
    }

    private static IEnumerable<CatalogFile> Beside(string folder) =>
        [
            .. Of(CatalogFileKind.Areas, Path.Combine(folder, AreaFolder), Pattern),
            .. Of(CatalogFileKind.Areas, Path.Combine(folder, AreaFolder), ListPattern),
            .. Of(CatalogFileKind.Holidays, Path.Combine(folder, HolidayFolder), Pattern),
        ];

    private static IEnumerable<CatalogFile> Of(CatalogFileKind kind, string folder, string pattern) =>
        Directory.Exists(folder) ? Sorted(folder, pattern).Select(file => new CatalogFile(file, kind)) : [];

    private static IEnumerable<string> Sorted(string folder, string pattern = Pattern) =>
        Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal);
}
