using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>Reads a CSV of areas, or of which old area went into which new one, and checks it row by row against the whole catalog.</summary>
public static class AreaImport
{
    /// <summary>What taking the file would add. Bad rows are refused one by one; a file that is no such table has one refusal and no rows.</summary>
    /// <param name="onProgress">Told how many rows have been looked at.</param>
    /// <exception cref="AreaImportException">An option that this file needs is missing, or the catalog would not hold together.</exception>
    public static AreaImportResult Read(
        string path,
        AreaImportOptions options,
        CatalogSnapshot catalog,
        Action<int>? onProgress = null
    )
    {
        var faults = new FaultLog(path);
        if (AreaTable.Read(path, faults) is not { } table)
            throw new AreaImportException(string.Join(Environment.NewLine, faults.Sorted()));
        return table.Columns.ContainsKey(AreaColumns.OldCode)
            ? new LineageImport(table, options, catalog, faults, onProgress).Run()
            : new ListImport(table, options, catalog, faults, onProgress).Run();
    }

    internal static string? UnusedColumns(AreaTable table, IReadOnlyList<string> used)
    {
        var unused = table.Columns.Keys.Where(column => column.Length > 0 && !used.Contains(column)).ToList();
        return unused.Count > 0 ? $"not used: the columns {string.Join(", ", unused)}" : null;
    }
}
