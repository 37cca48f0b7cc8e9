namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A derived measure reads other measures of its set, each named once.</summary>
public sealed class DerivedInputs : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var known = set.Measures.Select(measure => measure.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var measure in set.Measures)
        {
            if (measure.Derived is not { } derived)
                continue;
            foreach (var inputs in derived.Inputs.GroupBy(input => input, StringComparer.Ordinal))
            {
                if (Fault(measure, inputs.Key, inputs.Count(), known, set.Code) is { } fault)
                    yield return new(derived, fault, "inputs");
            }
        }
    }

    private static string? Fault(Measure measure, string input, int times, HashSet<string> known, string set)
    {
        if (input.Length == 0)
            return null;
        if (input == measure.Code)
            return $"input '{input}' is the measure itself; allowed are other measures of the set";
        if (!known.Contains(input))
            return $"input '{input}' is no measure of set '{set}'";
        return times > 1 ? $"input '{input}' is named more than once" : null;
    }
}
