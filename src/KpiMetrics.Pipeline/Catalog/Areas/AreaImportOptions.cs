using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>What holds for every row of an imported file that does not say otherwise.</summary>
public sealed record AreaImportOptions
{
    /// <summary>The level of listed areas.</summary>
    public AreaLevel? Level { get; init; }

    /// <summary>The first day of listed areas.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The code of the area that listed areas lie in. Of provinces: the country, where it is not given.</summary>
    public string? Parent { get; init; }

    /// <summary>The first day of the new areas of a lineage; the old ones ended the day before.</summary>
    public DateOnly? On { get; init; }

    /// <summary>
    /// The first day of old areas that the catalog does not have. Default 8 July 2004, when decision 124/2004/QĐ-TTg gave the codes that
    /// held until 2025.
    /// </summary>
    public DateOnly OldFrom { get; init; } = new(2004, 7, 8);
}
