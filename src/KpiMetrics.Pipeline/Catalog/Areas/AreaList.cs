using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>A CSV list of areas as the catalog keeps them: one that <c>areas import</c> wrote.</summary>
internal static class AreaList
{
    /// <summary>The entries that could be read; false where there are others.</summary>
    public static bool TryRead(string path, FaultLog faults, Places places, out IReadOnlyList<AreaEntry> entries)
    {
        entries = [];
        if (AreaTable.Read(path, faults) is not { } table)
            return false;
        var missing = AreaColumns.OfList.Where(column => !table.Columns.ContainsKey(column)).ToList();
        if (missing.Count > 0)
            faults.Add(1, $"the columns {string.Join(", ", missing)} are missing; 'areas import' writes such files");
        if (missing.Count > 0)
            return false;
        var read = new List<AreaEntry>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            if (row.IsRefused || Entry(row) is not { } entry || row.IsRefused)
                continue;
            read.Add(entry);
            places.Add(entry.Area, row);
            foreach (var part in entry.Area.Predecessors)
                places.Add(part, row);
        }
        entries = read;
        return !table.Rows.Any(row => row.IsRefused);
    }

    private static AreaEntry? Entry(AreaRow row)
    {
        var isAddition = row[AreaColumns.Name] is null && row[AreaColumns.Level] is null;
        var (code, from, level) = (row[AreaColumns.Code], row.Day(AreaColumns.From), row.Level(AreaColumns.Level));
        if (code is null || from is null || !isAddition && (row[AreaColumns.Name] is null || level is null))
        {
            row.Report("code and from are needed, and name and level unless something is only added to the area", []);
            return null;
        }
        return new(Area(row, code, from.Value, level ?? default), isAddition, row);
    }

    /// <summary>The area of a row, for whose code, first day and level the caller has seen.</summary>
    public static Area Area(AreaRow row, string code, DateOnly from, AreaLevel level) =>
        new()
        {
            Code = code,
            Name = row[AreaColumns.Name] ?? "",
            Level = level,
            From = from,
            To = row.Day(AreaColumns.To),
            Parent = row[AreaColumns.Parent],
            Kind = row[AreaColumns.Kind],
            Latitude = row.Number(AreaColumns.Latitude),
            Longitude = row.Number(AreaColumns.Longitude),
            SurfaceKm2 = row.Number(AreaColumns.Surface),
            Predecessors = row.Parts(AreaColumns.Predecessors),
        };
}
