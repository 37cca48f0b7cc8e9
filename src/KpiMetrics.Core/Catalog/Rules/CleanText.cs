namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>All text of a set can be compared and printed: NFC, trimmed, nothing invisible.</summary>
public sealed class CleanText : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        [
            .. OfSet(set),
            .. set.Groups.SelectMany(group => TextCheck.Faults(group, ("name", group.Name))),
            .. set.Indicators.SelectMany(OfIndicator),
            .. set.Measures.SelectMany(OfMeasure),
        ];

    private static IEnumerable<RuleFault> OfSet(IndicatorSet set) =>
        [
            .. TextCheck.Faults(
                set,
                ("name", set.Name),
                ("authority", set.Authority),
                ("decision", set.Decision),
                ("note", set.Note)
            ),
            .. TextCheck.Faults(set, set.Sources.Select(source => ("sources", (string?)source))),
            .. TextCheck.Faults(set, set.Agencies.Select(agency => ("agencies", (string?)agency))),
            .. set.Regime.SelectMany(OfRegime),
            .. set.Seasons.SelectMany(season => TextCheck.Faults(season, ("name", season.Name))),
            .. set.Events.SelectMany(known => TextCheck.Faults(known, ("name", known.Name), ("origin", known.Origin))),
            .. set.Rules.SelectMany(rule => TextCheck.Faults(rule, ("text", rule.Text), ("origin", rule.Origin))),
            .. set.Replaces.SelectMany(old => TextCheck.Faults(old, ("decision", old.Decision), ("authority", old.Authority))),
        ];

    private static IEnumerable<RuleFault> OfRegime(RegimeRule rule) => TextCheck.Faults(rule, ("origin", rule.Origin));

    private static IEnumerable<RuleFault> OfVersion(FormerVersion version) =>
        TextCheck.Faults(version, ("name", version.Name), ("agency", version.Agency));

    private static IEnumerable<RuleFault> OfIndicator(Indicator indicator) =>
        [
            .. TextCheck.Faults(
                indicator,
                ("number", indicator.Number),
                ("name", indicator.Name),
                ("agency", indicator.Agency),
                ("frequency_printed", indicator.FrequencyPrinted),
                ("database", indicator.Database),
                ("owner", indicator.Owner),
                ("source", indicator.Source),
                ("note", indicator.Note)
            ),
            .. indicator.Was.SelectMany(OfVersion),
            .. indicator.Regime.SelectMany(OfRegime),
        ];

    private static IEnumerable<RuleFault> OfMeasure(Measure measure) =>
        [
            .. TextCheck.Faults(
                measure,
                ("name", measure.Name),
                ("unit", measure.Unit),
                ("number", measure.Number),
                ("under", measure.Under),
                ("agency", measure.Agency),
                ("owner", measure.Owner),
                ("source", measure.Source),
                ("note", measure.Note)
            ),
            .. measure.Subjects.SelectMany(subject => TextCheck.Faults(subject, ("name", subject.Name))),
            .. measure.Was.SelectMany(OfVersion),
            .. measure.Identities.SelectMany(identity => TextCheck.Faults(identity, ("origin", identity.Origin))),
            .. measure.Bases.SelectMany(entry => TextCheck.Faults(entry, ("base", entry.Base))),
            .. measure.Thresholds.SelectMany(OfThreshold),
        ];

    private static IEnumerable<RuleFault> OfThreshold(Threshold threshold) =>
        [
            .. TextCheck.Faults(threshold, ("name", threshold.Name), ("unit", threshold.Unit), ("origin", threshold.Origin)),
            .. threshold.Levels.SelectMany(level => TextCheck.Faults(level, ("name", level.Name))),
        ];
}
