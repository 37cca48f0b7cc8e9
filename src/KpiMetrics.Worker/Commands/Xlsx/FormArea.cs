using System.Globalization;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>An area whose figures a form has; null where the catalog no longer has it.</summary>
internal sealed record FormArea(string Id, Area? Area)
{
    /// <summary>The name with what tells it from others of that name or code.</summary>
    public string Title =>
        Area switch
        {
            null => Id,
            { To: { } last } => string.Create(
                CultureInfo.InvariantCulture,
                $"{Area.Name} (mã {Area.Code}, đến hết ngày {last:dd/MM/yyyy})"
            ),
            _ => $"{Area.Name} (mã {Area.Code})",
        };

    /// <summary>Provinces before their communes, then by code and time; unknown ones last.</summary>
    public static IEnumerable<FormArea> InOrder(IEnumerable<FormArea> areas) =>
        areas
            .OrderBy(area => area.Area is null)
            .ThenBy(area => area.Area?.Level)
            .ThenBy(area => area.Area?.Code, StringComparer.Ordinal)
            .ThenBy(area => area.Id, StringComparer.Ordinal);
}
