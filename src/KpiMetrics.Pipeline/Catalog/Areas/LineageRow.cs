using System.Globalization;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>A row of a lineage that could be read: the old area, by code, and the new one that it went into.</summary>
/// <param name="Known">The old area, where the catalog has it.</param>
internal sealed record LineageRow(AreaRow Row, string OldCode, Area New, decimal? Weight, bool? IsDivided, Area? Known)
{
    /// <summary>True where the catalog has this very link.</summary>
    public AreaPart? Link => New.Predecessors.FirstOrDefault(part => part.Code == OldCode);

    /// <summary>Null where the row cannot be used; it is refused then, with the reason.</summary>
    public static LineageRow? Read(AreaRow row, DateOnly on, CatalogSnapshot catalog)
    {
        if (row[AreaColumns.OldCode] is not { } oldCode || row[AreaColumns.NewCode] is not { } newCode)
        {
            row.Refuse(
                $"'{(row[AreaColumns.OldCode] is null ? AreaColumns.OldCode : AreaColumns.NewCode)}' is empty; without its code an area has no identity"
            );
            return null;
        }
        var weight = row.Number(AreaColumns.Weight);
        var divided = Divided(row);
        if (catalog.FindArea(newCode, on) is not { } later)
            row.Refuse(On(on, $"no area bears code '{newCode}' on", "; import the list of the new areas first"));
        else if (later.From != on)
            row.Refuse(On(later.From, $"{newCode} ({later.FullName}) began on", "; predecessors are of that day, see --on"));
        else if (!row.IsRefused)
            return new(row, oldCode, later, weight, divided, catalog.FindArea(oldCode, on.AddDays(-1)));
        return null;
    }

    private static bool? Divided(AreaRow row)
    {
        switch (row[AreaColumns.Divided])
        {
            case null:
                return null;
            case "0":
                return false;
            case "1":
                return true;
            case var text:
                row.Refuse($"'{AreaColumns.Divided}' is '{text}'; allowed: 0, 1 or empty");
                return null;
        }
    }

    private static string On(DateOnly day, string before, string after) =>
        string.Create(CultureInfo.InvariantCulture, $"{before} {day:yyyy-MM-dd}{after}");
}
