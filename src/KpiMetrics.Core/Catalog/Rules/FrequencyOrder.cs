using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>An indicator has a frequency; several stand finest first, none twice.</summary>
public sealed class FrequencyOrder : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        foreach (var indicator in set.Indicators)
        {
            var found = string.Join(", ", indicator.Frequencies.Select(FrequencyCode.Code));
            var right = string.Join(", ", indicator.Frequencies.Distinct().Order().Select(FrequencyCode.Code));
            if (found.Length == 0)
                yield return new(
                    indicator,
                    $"'frequencies' is empty; name at least one of {FrequencyCode.Allowed}",
                    "frequencies"
                );
            else if (found != right)
                yield return new(
                    indicator,
                    $"frequencies [{found}] should be [{right}]: finest first, none twice",
                    "frequencies"
                );
        }
    }
}
