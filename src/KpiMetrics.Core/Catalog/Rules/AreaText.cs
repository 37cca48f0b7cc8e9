namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Names of areas can be compared and printed: NFC, trimmed, nothing invisible.</summary>
public sealed class AreaText : IAreaRule
{
    public IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas) =>
        from area in areas
        from fault in TextCheck.Faults(area, ("name", area.Name), ("kind", area.Kind))
        select fault;
}
