namespace KpiMetrics.Core.Figures;

/// <summary>The source of made-up figures that shows a newcomer how everything moves (DESIGN 8).</summary>
public static class DemoSource
{
    /// <summary>What the ledger, exports and explanations call it. No set may trust it: see <see cref="Catalog.IndicatorSet.TrustIn"/>.</summary>
    public const string Name = "demo";

    /// <summary>What stands wherever its figures are shown to readers.</summary>
    public const string Notice = "Số liệu minh họa";
}
