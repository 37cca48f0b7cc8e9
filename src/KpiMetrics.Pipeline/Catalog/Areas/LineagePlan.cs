using System.Globalization;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>What rows of a lineage add to the catalog: old areas, old provinces, and predecessors of new areas and provinces.</summary>
internal sealed class LineagePlan
{
    private readonly CatalogSnapshot catalog;
    private readonly AreaImportOptions options;
    private readonly DateOnly on;
    private readonly DateOnly before;
    private readonly Dictionary<string, (Area Area, AreaRow Row)> added = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Area Later, List<AreaPart> Parts, AreaRow Row)> links = new(StringComparer.Ordinal);
    private readonly Dictionary<object, List<AreaRow>> rowsOf = new(ReferenceEqualityComparer.Instance);

    public LineagePlan(CatalogSnapshot catalog, AreaImportOptions options, DateOnly on, IEnumerable<LineageRow> rows)
    {
        (this.catalog, this.options, this.on, before) = (catalog, options, on, on.AddDays(-1));
        foreach (var row in rows)
        {
            var isTaken = row.New.Level == AreaLevel.Commune ? TakeProvince(row) && TakeOld(row) : TakeOld(row);
            HasRefused |= !isTaken;
            if (isTaken)
                Link(row.New, row.OldCode, row.Weight, row.Row);
        }
        Entries =
        [
            .. added.Values.Select(item => new AreaEntry(item.Area, false, item.Row)),
            .. links.Values.Where(link => link.Parts.Count > 0).Select(Addition),
        ];
    }

    /// <summary>True where a row was refused while planning: the plan is to be made again without it.</summary>
    public bool HasRefused { get; private set; }

    public IReadOnlyList<AreaEntry> Entries { get; }

    public IEnumerable<AreaRow> RowsOf(object place) => rowsOf.GetValueOrDefault(place, []).Distinct();

    private bool TakeProvince(LineageRow row)
    {
        if (row.Row[AreaColumns.OldProvinceCode] is not { } code)
            return true;
        var stated = row.Row[AreaColumns.NewProvinceCode] is { } newCode ? catalog.FindArea(newCode, on) : null;
        var lies = catalog.ParentOf(row.New, on);
        if (row.Row[AreaColumns.NewProvinceCode] is { } wrong && (stated is null || lies is not null && lies.Id != stated.Id))
            return Refuse(row, $"new_province_code is '{wrong}'; {row.New.Id} lies in {lies?.Id ?? "no known area"}");
        var name = row.Row[AreaColumns.OldProvince];
        if (!Add(row, code, name, AreaLevel.Province, CountryOf(before), AreaColumns.OldProvinceCode, AreaColumns.OldProvince))
            return false;
        // A province that goes on was not merged: its communes' links say nothing of it.
        if ((stated ?? lies) is { } later && later.From == on && catalog.FindArea(code, before) is null or { To: not null })
            Link(later, code, null, row.Row);
        return true;
    }

    private bool TakeOld(LineageRow row)
    {
        var parent = row.New.Level == AreaLevel.Commune ? row.Row[AreaColumns.OldProvinceCode] : row.New.Parent;
        if (row.Known?.Parent is { } known && parent is not null && known != parent)
            return Refuse(row, $"old_province_code is '{parent}'; the catalog has '{row.OldCode}' in '{known}'");
        return Add(
            row,
            row.OldCode,
            row.Row[AreaColumns.OldName],
            row.New.Level,
            parent,
            AreaColumns.OldCode,
            AreaColumns.OldName
        );
    }

    // The area that bore the code the day before: in the catalog, from an earlier row, or new.
    private bool Add(
        LineageRow row,
        string code,
        string? name,
        AreaLevel level,
        string? parent,
        string codeColumn,
        string nameColumn
    )
    {
        if ((catalog.FindArea(code, before) ?? added.GetValueOrDefault(code).Area) is { } known)
        {
            if (rowsOf.TryGetValue(known, out var rows))
                rows.Add(row.Row);
            if (name is not null && name != known.FullName && name != known.Name)
                return Refuse(row, $"'{nameColumn}' is '{name}'; {known.Id} is '{known.FullName}'");
            return known.Level == level
                || Refuse(row, $"'{codeColumn}' is '{code}', {known.FullName}, which is of another level");
        }
        if (name is null)
            return Refuse(row, On($"no area bears {codeColumn} '{code}' on", $", and '{nameColumn}' is empty"));
        if (ImportCheck.LostZero(code, level) is { } lost)
            return Refuse(row, lost);
        var area = new Area
        {
            Code = code,
            Name = name,
            Level = level,
            From = options.OldFrom,
            To = before,
            Parent = parent,
        };
        added[code] = (area, row.Row);
        rowsOf[area] = [row.Row];
        return true;
    }

    private void Link(Area later, string code, decimal? weight, AreaRow row)
    {
        var link = links.GetValueOrDefault(later.Id, (later, [], row));
        links[later.Id] = link;
        var known = later.Predecessors.FirstOrDefault(part => part.Code == code);
        if (known is not null && (weight is null || known.Weight is not null))
            return;
        var part = link.Parts.Find(part => part.Code == code);
        if (part is null)
        {
            part = new(code, weight);
            link.Parts.Add(part);
            rowsOf[part] = [];
        }
        rowsOf[part].Add(row);
    }

    private AreaEntry Addition((Area Later, List<AreaPart> Parts, AreaRow Row) link)
    {
        var area = new Area
        {
            Code = link.Later.Code,
            Name = "",
            Level = link.Later.Level,
            From = link.Later.From,
            Predecessors = link.Parts,
        };
        rowsOf[area] = [.. link.Parts.SelectMany(part => rowsOf[part])];
        return new(area, true, link.Row);
    }

    private string? CountryOf(DateOnly day) =>
        catalog.Areas.FirstOrDefault(area => area.Level == AreaLevel.Country && area.IsValidOn(day))?.Code;

    private string On(string before, string after) =>
        string.Create(CultureInfo.InvariantCulture, $"{before} {this.before:yyyy-MM-dd}{after}");

    private static bool Refuse(LineageRow row, string message)
    {
        row.Row.Refuse(message);
        return false;
    }
}
