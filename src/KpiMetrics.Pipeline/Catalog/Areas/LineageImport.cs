using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>Which old area went into which new one: adds the old areas that are not known, and to the new ones their predecessors.</summary>
/// <remarks>
/// Rows hang together. A new area that lacks one of its predecessors, or an old one that lacks one of its parts, would be compared
/// wrongly and nobody would see it; so with a row all others of its new area and of its old one are refused, and so on from these.
/// </remarks>
internal sealed class LineageImport
{
    private readonly AreaTable table;
    private readonly AreaImportOptions options;
    private readonly CatalogSnapshot catalog;
    private readonly FaultLog faults;
    private readonly DateOnly on;
    private readonly List<LineageRow> rows = [];
    private readonly List<string> notes = [];

    public LineageImport(
        AreaTable table,
        AreaImportOptions options,
        CatalogSnapshot catalog,
        FaultLog faults,
        Action<int>? onProgress
    )
    {
        (this.table, this.options, this.catalog, this.faults) = (table, options, catalog, faults);
        on =
            options.On
            ?? throw new AreaImportException(
                "The file is a lineage: give --on with the first day of the new areas, such as 2025-07-01."
            );
        if (options.OldFrom >= on)
            throw new AreaImportException("--old-from is not before --on.");
        var done = 0;
        foreach (var row in table.Rows)
        {
            if (!row.IsRefused && LineageRow.Read(row, on, catalog) is { } read)
                rows.Add(read);
            onProgress?.Invoke(++done);
        }
    }

    public AreaImportResult Run()
    {
        foreach (var old in rows.GroupBy(row => row.OldCode, StringComparer.Ordinal))
            CheckParts([.. old]);
        LineagePlan plan;
        do
        {
            RefuseWhatHangsTogether();
            plan = new(catalog, options, on, Accepted);
        } while (plan.HasRefused || !ImportCheck.Passes(catalog, plan.Entries, plan.RowsOf));
        if (AreaImport.UnusedColumns(table, AreaColumns.OfLineage) is { } unused)
            notes.Add(unused);
        var accepted = Accepted.ToList();
        return new(
            "links",
            table.Rows.Count,
            accepted.Count(row => row.Link is null),
            accepted.Count(row => row.Link is not null),
            accepted.Count(row => row.Link is { Weight: null } && row.Weight is not null),
            table.Rows.Count(row => row.IsRefused),
            [.. faults.Sorted()],
            notes
        )
        {
            OldAreas = plan.Entries.Count(entry => !entry.IsAddition),
            Entries = plan.Entries,
        };
    }

    private IEnumerable<LineageRow> Accepted => rows.Where(row => !row.Row.IsRefused);

    // Said to be divided, but whole by its only link: figures would go wrong unseen. The reverse costs no more than a figure.
    private void CheckParts(IReadOnlyList<LineageRow> parts)
    {
        var known = parts[0].Known is { } old ? catalog.SuccessorsOf(old).Select(successor => successor.Area.Id) : [];
        var count = known.Concat(parts.Select(part => part.New.Id)).Distinct(StringComparer.Ordinal).Count();
        foreach (var part in parts)
        {
            if (part.IsDivided is true && count == 1 && part.Weight is null or 1m)
                part.Row.Refuse(
                    $"'{part.OldCode}' is said to be divided, but only {part.New.Id} is named; name the others, or give the weight"
                );
        }
        if (count > 1 && parts.Any(part => part.IsDivided is false))
            notes.Add(
                $"line {parts[0].Row.Line}: '{parts[0].OldCode}' is said to be whole, but went into {count} areas: taken as divided"
            );
        foreach (var same in parts.GroupBy(part => part.New.Id, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            foreach (var again in same.Skip(1))
                again.Row.Refuse($"line {same.First().Row.Line} has the same link");
        }
        foreach (var part in parts)
        {
            if (part.Link?.Weight is { } weight && part.Weight is { } stated && stated != weight)
                part.Row.Refuse(FormattableString.Invariant($"'weight' is {stated}; the catalog has {weight}"));
        }
    }

    private void RefuseWhatHangsTogether()
    {
        bool goesOn;
        do
        {
            var refused = table.Rows.Where(row => row.IsRefused).ToList();
            goesOn =
                Refuse(refused, AreaColumns.NewCode, "a new area's predecessors")
                | Refuse(refused, AreaColumns.OldCode, "an old area's parts");
        } while (goesOn);
    }

    private bool Refuse(IEnumerable<AreaRow> refused, string column, string what)
    {
        var causes = refused
            .Where(row => row[column] is not null)
            .GroupBy(row => row[column] ?? "", StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().Line, StringComparer.Ordinal);
        var hanging = Accepted.Where(row => causes.ContainsKey(row.Row[column] ?? "")).ToList();
        foreach (var row in hanging)
        {
            var code = row.Row[column] ?? "";
            row.Row.Refuse(
                $"{what} are taken together or not at all, and line {causes[code]}, which also has {column} '{code}', is refused"
            );
        }
        return hanging.Count > 0;
    }
}
