using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>Writes a list as <see cref="AreaList"/> reads it, to the disk and not only to its cache.</summary>
internal static class AreaListWriter
{
    public static void Write(string path, IEnumerable<AreaEntry> entries)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        using (var text = new StreamWriter(file, leaveOpen: true))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }))
        {
            foreach (var column in AreaColumns.OfList)
                csv.WriteField(column);
            csv.NextRecord();
            foreach (var entry in entries)
            {
                foreach (var cell in Cells(entry))
                    csv.WriteField(cell);
                csv.NextRecord();
            }
        }
        file.Flush(flushToDisk: true);
    }

    private static IEnumerable<string?> Cells(AreaEntry entry)
    {
        var area = entry.Area;
        yield return area.Code;
        yield return entry.IsAddition ? null : area.Name;
        yield return entry.IsAddition ? null : Vocabularies.Levels.Word(area.Level);
        yield return Text(area.From);
        yield return Text(area.To);
        yield return area.Parent;
        yield return area.Kind;
        yield return Text(area.Latitude);
        yield return Text(area.Longitude);
        yield return Text(area.SurfaceKm2);
        yield return string.Join(
            ';',
            area.Predecessors.Select(part => part.Weight is { } weight ? $"{part.Code}:{Text(weight)}" : part.Code)
        );
    }

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
