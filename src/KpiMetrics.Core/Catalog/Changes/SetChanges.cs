namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>The set's own changes, then those of its indicators.</summary>
internal static class SetChanges
{
    public static void Find(ChangeList changes, IndicatorSet old, IndicatorSet next)
    {
        changes.Compare(null, ChangeKind.Renamed, old.Name, next.Name);
        changes.Compare(null, ChangeKind.Decision, Decision(old), Decision(next));
        changes.Compare(null, Validity.Of(old), Validity.Of(next));
        changes.Compare(
            null,
            ChangeKind.Areas,
            Areas(old),
            Areas(next),
            "figures of the areas that are left out could no longer be corrected"
        );
        changes.Compare(
            null,
            ChangeKind.Sources,
            string.Join(", ", old.Sources),
            string.Join(", ", next.Sources),
            "where two sources state one figure, the other one may be shown, of the past too"
        );
        changes.Compare(null, ChangeKind.Obliged, ObligedAt(old), ObligedAt(next));
        RegimeChanges.OfSet(changes, old, next);
        SeasonChanges.Find(changes, old.Seasons, next.Seasons);
        EventChanges.Find(changes, old.Events, next.Events);
        var byCode = next.Indicators.ToDictionary(indicator => indicator.Code, StringComparer.Ordinal);
        foreach (var indicator in old.Indicators)
        {
            if (byCode.Remove(indicator.Code, out var newer))
                IndicatorChanges.Find(changes, old, indicator, next, newer);
            else
                changes.Add(indicator.Code, ChangeKind.Gone, indicator.Name, warning: CatalogChanges.GoneWarning);
        }
        foreach (var indicator in next.Indicators.Where(indicator => byCode.ContainsKey(indicator.Code)))
        {
            var from = Validity.Of(next, indicator).From;
            changes.Add(indicator.Code, ChangeKind.Added, to: indicator.Name, on: from);
            Replacement(changes, indicator.Code, null, indicator.Replaces, from);
            foreach (var measure in indicator.Measures)
                Replacement(changes, measure.Code, null, measure.Replaces, Validity.Of(next, indicator, measure).From);
        }
    }

    public static void Replacement(ChangeList changes, string code, Replacement? old, Replacement? next, DateOnly? from)
    {
        if (old == next)
            return;
        if (next is not null)
            changes.Add(next.Code, next.Continues ? ChangeKind.ContinuedBy : ChangeKind.ReplacedBy, old?.Code, code, from);
        else if (old is not null)
            changes.Add(
                old.Code,
                old.Continues ? ChangeKind.ContinuedBy : ChangeKind.ReplacedBy,
                code,
                warning: "what took its place is no longer said to"
            );
    }

    private static string Decision(IndicatorSet set) => $"{set.Decision}, {set.Date}, {set.Authority}";

    private static string ObligedAt(IndicatorSet set) =>
        Vocabularies.Obligeds.Word(set.ObligesEach ? Obliged.Each : Obliged.Finest);

    private static string Areas(IndicatorSet set) => $"{Vocabularies.Levels.Word(set.Level)} {set.Within}";
}
