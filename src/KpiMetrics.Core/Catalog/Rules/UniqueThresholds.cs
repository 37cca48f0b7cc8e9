namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Of one measure no two thresholds of one code name the same area and subject: it could not be said which holds.</summary>
public sealed class UniqueThresholds : ICatalogRule
{
    // None named means all the others: it meets only another that names none.
    private static readonly IReadOnlyList<string> Others = [""];

    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        foreach (var measure in set.Measures)
        {
            var seen = new HashSet<(string Code, string Area, string Subject)>();
            foreach (var threshold in measure.Thresholds.Where(threshold => threshold.Code.Length > 0))
            {
                var cells =
                    from area in threshold.Areas.Count == 0 ? Others : threshold.Areas
                    from subject in threshold.Subjects.Count == 0 ? Others : threshold.Subjects
                    select (threshold.Code, area, subject);
                var isDoubled = false;
                foreach (var cell in cells)
                    isDoubled |= !seen.Add(cell);
                if (isDoubled)
                    yield return new(
                        threshold,
                        $"threshold '{threshold.Code}' is there already for an area and subject of this one",
                        "code",
                        "areas",
                        "subjects"
                    );
            }
        }
    }
}
