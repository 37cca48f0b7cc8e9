using KpiMetrics.Core.Catalog;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>Codes given on the command line, looked for in the catalog; null stays null: all are wanted.</summary>
/// <remarks>Throws <see cref="CommandException"/> for a code that is not there.</remarks>
internal static class CatalogCodes
{
    public static string? Indicator(CatalogSnapshot catalog, string set, string? code) =>
        Known(code, "--indicator", set, code is not null && catalog.FindIndicator(set, code) is not null);

    public static string? Measure(CatalogSnapshot catalog, string set, string? code) =>
        Known(code, "--measure", set, code is not null && catalog.FindMeasure(set, code) is not null);

    /// <summary>The identities of the areas that bear or bore the code.</summary>
    public static IReadOnlyList<string>? Areas(CatalogSnapshot catalog, string? code)
    {
        if (code is null)
            return null;
        var areas = catalog.AreasWithCode(code).Select(area => area.Id).ToList();
        return areas.Count > 0 ? areas : throw new CommandException($"--area '{code}': no area bears or bore this code.");
    }

    private static string? Known(string? code, string option, string set, bool isKnown) =>
        code is null || isKnown
            ? code
            : throw new CommandException($"{option} '{code}' is not in set {set}; 'catalog list --set {set}' shows its codes.");
}
