namespace KpiMetrics.Core.Catalog;

/// <summary>At which of its frequencies an indicator must be reported.</summary>
public enum Obliged
{
    /// <summary>At the finest: the figures of the others follow from it.</summary>
    Finest,

    /// <summary>At each of them.</summary>
    Each,
}
