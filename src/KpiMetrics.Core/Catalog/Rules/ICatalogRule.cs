namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>One thing that must hold in a set. Codes that could not be read are empty text; rules pass over them.</summary>
public interface ICatalogRule
{
    IEnumerable<RuleFault> Check(IndicatorSet set);
}
