namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>One thing that must hold among all areas together.</summary>
public interface IAreaRule
{
    IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas);
}
