namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>The folder of imported areas: a CSV list for every import, which every reading of the catalog reads too.</summary>
/// <remarks>CSV and not YAML: the 13,000 areas of the country are read in a tenth of the time.</remarks>
public sealed class AreaStore(string folder)
{
    private const string Ending = ".csv";
    private const string UncheckedEnding = ".csv.new";

    /// <summary>The files in it, for <see cref="CatalogReader.Read"/>; none where the folder does not exist.</summary>
    public IReadOnlyList<string> Files =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*" + Ending).Order(StringComparer.Ordinal)] : [];

    public IEnumerable<string> Names => Files.Select(file => Path.GetFileNameWithoutExtension(file));

    /// <summary>True for a list as kept here, also while it is not yet checked.</summary>
    internal static bool IsList(string path) =>
        path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) || path.EndsWith(UncheckedEnding, StringComparison.Ordinal);

    /// <summary>
    /// Adds what was read to the list <paramref name="name"/>, after the whole catalog has been read with it. The file is exchanged in one
    /// step: a crash leaves the old one or the new one.
    /// </summary>
    /// <param name="catalog">What the catalog is read from besides this folder.</param>
    /// <param name="dryRun">True: check, and keep nothing.</param>
    /// <exception cref="AreaImportException">The catalog would have faults, the list cannot be read, or another import is under way.</exception>
    public void Save(string name, AreaImportResult import, IReadOnlyList<string> catalog, bool dryRun)
    {
        Directory.CreateDirectory(folder);
        using var alone = Lock();
        var path = PathOf(name);
        var candidate = Path.Combine(folder, name + UncheckedEnding);
        try
        {
            AreaListWriter.Write(candidate, Together(path, import.Entries));
            Check([.. catalog, .. Files.Where(file => file != path), candidate]);
            if (!dryRun)
                File.Move(candidate, path, overwrite: true);
        }
        finally
        {
            File.Delete(candidate);
        }
    }

    /// <summary>Undoes the imports under the name.</summary>
    /// <exception cref="AreaImportException">There is no such list, or what remains would have faults.</exception>
    public void Remove(string name, IReadOnlyList<string> catalog)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
            throw new AreaImportException(
                $"There is no imported list '{name}'; allowed: {(Files.Count > 0 ? string.Join(", ", Names) : "none, nothing was imported")}."
            );
        using var alone = Lock();
        Check([.. catalog, .. Files.Where(file => file != path)]);
        File.Delete(path);
    }

    // Two lists that are right alone may contradict each other: what was checked must still be so when it is kept.
    private FileStream Lock()
    {
        try
        {
            return new(folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new AreaImportException($"{exception.Message} Areas are imported one list at a time; nothing was changed.");
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name + Ending);

    private static void Check(IEnumerable<string> paths)
    {
        var reading = CatalogReader.Read(paths);
        if (reading.Snapshot is null)
            throw new AreaImportException(
                string.Join(
                    Environment.NewLine,
                    [.. reading.Faults.Select(fault => fault.ToString()), "The catalog would have faults; nothing was changed."]
                )
            );
    }

    private static IReadOnlyList<AreaEntry> Together(string path, IReadOnlyList<AreaEntry> added)
    {
        if (!File.Exists(path))
            return added;
        var faults = new FaultLog(path);
        if (!AreaList.TryRead(path, faults, new(), out var kept))
            throw new AreaImportException(string.Join(Environment.NewLine, faults.Sorted()));
        var together = new Dictionary<string, AreaEntry>(StringComparer.Ordinal);
        foreach (var entry in kept.Concat(added))
        {
            together[entry.Area.Id] = together.TryGetValue(entry.Area.Id, out var known)
                ? known with
                {
                    Area = AreaCompletion.Apply(known.Area, entry.Area),
                }
                : entry;
        }
        return [.. together.Values];
    }
}
