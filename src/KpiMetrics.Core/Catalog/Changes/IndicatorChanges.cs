using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>What changes of one indicator that both versions have, and of its measures.</summary>
internal static class IndicatorChanges
{
    public static void Find(ChangeList changes, IndicatorSet oldSet, Indicator old, IndicatorSet nextSet, Indicator next)
    {
        var code = old.Code;
        if (old.Name != next.Name)
            changes.Add(
                code,
                ChangeKind.Renamed,
                old.Name,
                next.Name,
                VersionedChange.Effective(next.Was, day => next.On(day).Name, old.Name)
            );
        if (old.Agency != next.Agency)
            changes.Add(
                code,
                ChangeKind.Agency,
                old.Agency,
                next.Agency,
                VersionedChange.Effective(next.Was, day => next.On(day).Agency, old.Agency)
            );
        if (!old.Frequencies.SequenceEqual(next.Frequencies) || Lost(old, next).Count > 0)
            changes.Add(
                code,
                ChangeKind.Frequency,
                Codes(old.Frequencies),
                Codes(next.Frequencies),
                VersionedChange.Effective(next.Was, day => Codes(next.On(day).Frequencies), Codes(old.Frequencies)),
                Lost(old, next) is { Count: > 0 } lost
                    ? $"figures reported at {Codes(lost)} could no longer be corrected or caught up; say with 'was' until when it held"
                    : null
            );
        VersionedChange.Rewritten(
            changes,
            code,
            old.Was.Concat(next.Was),
            day => Version(old.On(day)),
            day => Version(next.On(day))
        );
        changes.Compare(code, new(old.From, old.To), new(next.From, next.To));
        SetChanges.Replacement(changes, code, old.Replaces, next.Replaces, Validity.Of(nextSet, next).From);
        RegimeChanges.OfIndicator(changes, oldSet, old, nextSet, next);
        var byCode = next.Measures.ToDictionary(measure => measure.Code, StringComparer.Ordinal);
        foreach (var measure in old.Measures)
        {
            if (byCode.Remove(measure.Code, out var newer))
                MeasureChanges.Find(changes, measure, newer, Validity.Of(nextSet, next, newer).From);
            else
                changes.Add(measure.Code, ChangeKind.Gone, measure.Name, warning: CatalogChanges.GoneWarning);
        }
        foreach (var measure in next.Measures.Where(measure => byCode.ContainsKey(measure.Code)))
        {
            var from = Validity.Of(nextSet, next, measure).From;
            changes.Add(measure.Code, ChangeKind.Added, to: measure.Name, on: from);
            SetChanges.Replacement(changes, measure.Code, null, measure.Replaces, from);
        }
    }

    private static List<Frequency> Lost(Indicator old, Indicator next) => [.. old.AllFrequencies.Except(next.AllFrequencies)];

    private static string Version(Indicator indicator) => $"{indicator.Name}; {indicator.Agency}; {Codes(indicator.Frequencies)}";

    private static string Codes(IEnumerable<Frequency> frequencies) => string.Join(", ", frequencies.Select(FrequencyCode.Code));
}
