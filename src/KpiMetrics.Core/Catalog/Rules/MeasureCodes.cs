using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Measures are numbered through within their indicator: <c>LC-A01.01</c>, <c>LC-A01.02</c>, ...; there is at least one.</summary>
public sealed class MeasureCodes : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        foreach (var indicator in set.Indicators)
        {
            if (indicator.Measures.Count == 0)
                yield return new(indicator, "'measures' is empty; an indicator has at least one", "measures");
            if (indicator.Code.Length == 0)
                continue;
            for (var at = 0; at < indicator.Measures.Count; at++)
            {
                var measure = indicator.Measures[at];
                var expected = string.Create(CultureInfo.InvariantCulture, $"{indicator.Code}.{at + 1:00}");
                if (measure.Code.Length > 0 && measure.Code != expected)
                    yield return new(measure, $"code '{measure.Code}' should be '{expected}' by its place", "code");
            }
        }
    }
}
