namespace KpiMetrics.Core.Catalog;

/// <summary>For which areas a set asks its figures.</summary>
public enum AreaLevel
{
    /// <summary><c>country</c>: the whole of it.</summary>
    Country,

    /// <summary><c>province</c>: the province itself.</summary>
    Province,

    /// <summary><c>commune</c>: each commune of the province.</summary>
    Commune,
}
