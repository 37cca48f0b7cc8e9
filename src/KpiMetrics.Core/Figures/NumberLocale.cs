namespace KpiMetrics.Core.Figures;

/// <summary>Which mark groups thousands and which begins the decimals.</summary>
public enum NumberLocale
{
    /// <summary><c>1.155.106,5</c>.</summary>
    Vi = 1,

    /// <summary><c>1,155,106.5</c>.</summary>
    En = 2,
}
