namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>The subjects a threshold names are lines of its measure's breakdown, unless that is open.</summary>
public sealed class ThresholdSubjects : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        from measure in set.Measures
        where !measure.SubjectsOpen
        let known = measure.Subjects.Select(subject => subject.Code).ToHashSet(StringComparer.Ordinal)
        from threshold in measure.Thresholds
        from code in threshold.Subjects
        where !known.Contains(code)
        select new RuleFault(threshold, Message(code, known), "subjects");

    private static string Message(string code, HashSet<string> known) =>
        known.Count == 0
            ? $"'subjects' names '{code}', but the measure has no subjects"
            : $"'subjects' names '{code}', which is no subject of the measure; allowed: {string.Join(", ", known)}";
}
