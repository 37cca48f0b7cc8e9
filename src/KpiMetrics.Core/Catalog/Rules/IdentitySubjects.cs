namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>
/// Lines of a breakdown are held against the same lines of another, which may have more, or against a whole without breakdown; only
/// <c>sum-of-subjects</c> holds one figure against all lines.
/// </summary>
public sealed class IdentitySubjects : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var measures = set
            .Measures.DistinctBy(measure => measure.Code, StringComparer.Ordinal)
            .ToDictionary(measure => measure.Code, StringComparer.Ordinal);
        return from measure in set.Measures
            from identity in measure.Identities
            from code in identity.Inputs
            let input = measures.GetValueOrDefault(code)
            where input is not null && input != measure
            let fault = identity.Rule == IdentityRule.SumOfSubjects ? OfTotal(measure, input) : OfLines(measure, input)
            where fault is not null
            select new RuleFault(identity, fault, "inputs", "rule");
    }

    private static string? OfTotal(Measure measure, Measure input)
    {
        if (input.Subjects.Count == 0)
            return $"input '{input.Code}' has no subjects to add up";
        return measure.Subjects.Count > 0 ? $"'{measure.Code}' has subjects itself; a total over subjects has none" : null;
    }

    private static string? OfLines(Measure measure, Measure input)
    {
        if (input.Subjects.Count == 0)
            return null;
        var own = measure.Subjects.Select(subject => subject.Code).ToHashSet(StringComparer.Ordinal);
        return own.Count > 0 && own.IsSubsetOf(input.Subjects.Select(subject => subject.Code))
            ? null
            : $"input '{input.Code}' has other subjects than '{measure.Code}'; allowed are the same ones and more, or none";
    }
}
