namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Text is neither computed nor computed with.</summary>
public sealed class TextMeasures : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var measures = set.Measures.ToList();
        var texts = measures
            .Where(measure => measure.Kind == MeasureKind.Text)
            .Select(measure => measure.Code)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var measure in measures)
        {
            if (measure.Derived is null)
                continue;
            if (measure.Kind == MeasureKind.Text)
                yield return new(measure, "kind 'text' cannot be derived; text is reported, never computed", "derived", "kind");
            foreach (var input in measure.Derived.Inputs.Where(texts.Contains))
                yield return new(measure.Derived, $"input '{input}' is of kind 'text'", "inputs");
        }
    }
}
