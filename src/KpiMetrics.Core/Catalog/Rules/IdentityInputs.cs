namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>An identity holds a reported number against other measures of its set, each named once, none of them text.</summary>
public sealed class IdentityInputs : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var kinds = set
            .Measures.DistinctBy(measure => measure.Code, StringComparer.Ordinal)
            .ToDictionary(measure => measure.Code, measure => measure.Kind, StringComparer.Ordinal);
        foreach (var measure in set.Measures.Where(measure => measure.Identities.Count > 0))
        {
            if (measure.Derived is not null)
                yield return new(
                    measure,
                    "a derived measure is computed; only a reported one has identities",
                    "identities",
                    "derived"
                );
            if (measure.Kind == MeasureKind.Text)
                yield return new(measure, "kind 'text' cannot have identities; it is no number", "identities", "kind");
            foreach (var identity in measure.Identities)
            {
                foreach (var inputs in identity.Inputs.GroupBy(input => input, StringComparer.Ordinal))
                {
                    if (Fault(measure, inputs.Key, inputs.Count(), kinds, set.Code) is { } fault)
                        yield return new(identity, fault, "inputs");
                }
            }
        }
    }

    private static string? Fault(Measure measure, string input, int times, Dictionary<string, MeasureKind> kinds, string set)
    {
        if (input.Length == 0)
            return null;
        if (input == measure.Code)
            return $"input '{input}' is the measure itself; allowed are other measures of the set";
        if (!kinds.TryGetValue(input, out var kind))
            return $"input '{input}' is no measure of set '{set}'";
        if (kind == MeasureKind.Text)
            return $"input '{input}' is of kind 'text'";
        return times > 1 ? $"input '{input}' is named more than once" : null;
    }
}
