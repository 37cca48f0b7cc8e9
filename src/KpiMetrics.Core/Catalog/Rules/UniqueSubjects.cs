namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Within one list of subjects each code is there once.</summary>
public sealed class UniqueSubjects : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        foreach (var measure in set.Measures)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var subject in measure.Subjects)
            {
                if (subject.Code.Length > 0 && !seen.Add(subject.Code))
                    yield return new(subject, $"subject code '{subject.Code}' is already in this list", "code");
            }
        }
    }
}
