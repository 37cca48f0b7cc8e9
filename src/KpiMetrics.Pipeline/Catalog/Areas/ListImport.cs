using KpiMetrics.Core.Catalog;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>A list of areas: each row is a new one, or says something of one that is known.</summary>
internal sealed class ListImport(
    AreaTable table,
    AreaImportOptions options,
    CatalogSnapshot catalog,
    FaultLog faults,
    Action<int>? onProgress
)
{
    private readonly Dictionary<string, AreaRow> first = new(StringComparer.Ordinal);
    private readonly Dictionary<object, AreaRow> rows = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> notes = [];
    private readonly List<(AreaRow Row, AreaEntry? Entry)> accepted = [];

    public AreaImportResult Run()
    {
        if (AreaImport.UnusedColumns(table, AreaColumns.OfList) is { } unused)
            notes.Add(unused);
        var done = 0;
        foreach (var row in table.Rows)
        {
            if (!row.IsRefused && AreaOf(row) is { } area && !row.IsRefused)
                Take(row, area);
            onProgress?.Invoke(++done);
        }
        IReadOnlyList<AreaEntry> entries;
        do
        {
            entries = [.. accepted.Where(item => !item.Row.IsRefused).Select(item => item.Entry).OfType<AreaEntry>()];
        } while (!ImportCheck.Passes(catalog, entries, place => rows.TryGetValue(place, out var row) ? [row] : []));
        var kept = accepted.Where(item => !item.Row.IsRefused).ToList();
        return new(
            "areas",
            table.Rows.Count,
            kept.Count(item => item.Entry is { IsAddition: false }),
            kept.Count(item => item.Entry is null or { IsAddition: true }),
            kept.Count(item => item.Entry is { IsAddition: true }),
            table.Rows.Count(row => row.IsRefused),
            [.. faults.Sorted()],
            notes
        )
        {
            Entries = entries,
        };
    }

    private Area? AreaOf(AreaRow row)
    {
        var level = row.Level(AreaColumns.Level) ?? options.Level;
        var from = row.Day(AreaColumns.From) ?? options.From;
        if (level is null && !row.IsRefused)
            throw new AreaImportException("The list has no 'level' in every row: give --level province or --level commune.");
        if (from is null && !row.IsRefused)
            throw new AreaImportException(
                "The list has no 'from' in every row: give --from with the first day, such as 2025-07-01."
            );
        if (level is not { } known || from is not { } day)
            return null;
        if (row[AreaColumns.Code] is not { } code || row[AreaColumns.Name] is null)
        {
            row.Report("'code' and 'name' are needed", []);
            return null;
        }
        if (ImportCheck.LostZero(code, known) is { } lost)
            row.Refuse(lost);
        var area = AreaList.Area(row, code, day, known);
        if (area.SurfaceKm2 == 0m)
        {
            notes.Add(
                Invariant($"line {row.Line}: the surface of {area.Id} ({area.FullName}) is 0, so it is taken as not known")
            );
            area = area with { SurfaceKm2 = null };
        }
        return area with { Parent = area.Parent ?? options.Parent ?? CountryOf(area) };
    }

    private string? CountryOf(Area area) =>
        area.Level == AreaLevel.Province
            ? catalog.Areas.FirstOrDefault(other => other.Level == AreaLevel.Country && other.IsValidOn(area.From))?.Code
            : null;

    private void Take(AreaRow row, Area area)
    {
        if (!first.TryAdd(area.Id, row))
        {
            row.Report(Invariant($"line {first[area.Id].Line} has the same code and first day"), []);
            return;
        }
        if (catalog.FindAreaById(area.Id) is { } known)
        {
            foreach (var (key, stated, found) in AreaCompletion.Contradictions(known, area, isAddition: false))
                row.Report($"'{key}' is '{found}'; the catalog has '{stated}'", []);
            Keep(row, AreaCompletion.Missing(known, area), isAddition: true);
            return;
        }
        var other = catalog
            .AreasWithCode(area.Code)
            .FirstOrDefault(other =>
                other.From <= (area.To ?? DateOnly.MaxValue) && area.From <= (other.To ?? DateOnly.MaxValue)
            );
        if (other is not null)
            row.Report(Invariant($"the code is borne by {other.Id} ({other.FullName}), which stands then"), []);
        Keep(row, area, isAddition: false);
    }

    private void Keep(AreaRow row, Area? area, bool isAddition)
    {
        accepted.Add((row, area is null ? null : new(area, isAddition, row)));
        if (area is null)
            return;
        rows[area] = row;
        foreach (var part in area.Predecessors)
            rows[part] = row;
    }
}
