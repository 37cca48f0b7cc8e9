using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>What of the catalog the views show, as rows.</summary>
internal static class CatalogTables
{
    public static IReadOnlyList<CatalogTable> Of(CatalogSnapshot catalog, Func<string, string, bool> isAsked) =>
        [
            Table(
                "catalog_set",
                "code position::integer name authority decision decided level home valid_from::date valid_to::date",
                catalog.Sets.Select((set, place) => SetRow(catalog, set, place))
            ),
            Table("catalog_source", "set_code source rank::integer", catalog.Sets.SelectMany(SourceRows)),
            Table(
                "catalog_indicator",
                "set_code code position::integer group_code group_name number name agency frequencies frequency_printed database owner origin "
                    + "asked::boolean valid_from::date valid_to::date",
                catalog.Sets.SelectMany(set => IndicatorRows(set, isAsked))
            ),
            Table(
                "catalog_measure",
                "set_code code indicator position::integer number name unit kind rule inputs agency valid_from::date valid_to::date",
                catalog.Sets.SelectMany(MeasureRows)
            ),
            Table(
                "catalog_subject",
                "set_code measure code position::integer name",
                catalog.Sets.SelectMany(set => set.Measures.SelectMany(measure => SubjectRows(set, measure)))
            ),
            Table(
                "catalog_threshold",
                "set_code measure position::integer code name kind hours::integer unit subjects areas margin::numeric readings::integer origin "
                    + "level level_name value::numeric severity",
                catalog.Sets.SelectMany(set => set.Measures.SelectMany(measure => ThresholdRows(set, measure)))
            ),
            Table(
                "catalog_window",
                "set_code indicator begins::date ends::date cutoff::boolean minutes::integer",
                catalog.Sets.SelectMany(set => set.Indicators.SelectMany(indicator => WindowRows(set, indicator)))
            ),
            Table(
                "catalog_area",
                "id code name level parent province valid_from::date valid_to::date latitude::numeric longitude::numeric surface::numeric",
                catalog.Areas.Select(area => AreaRow(catalog, area))
            ),
        ];

    /// <summary>Tells one state of all tables from another.</summary>
    public static string FingerprintOf(IReadOnlyList<CatalogTable> tables)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in tables)
        {
            Add(table.Name);
            foreach (var column in table.Columns)
                Add(column);
            foreach (var value in table.Rows.SelectMany(row => row))
                Add(value);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // With a mark behind each, and another for none, so that nothing runs into the next.
        void Add(string? value) => hash.AppendData(Encoding.UTF8.GetBytes(value is null ? "\u0001" : value + "\0"));
    }

    private static CatalogTable Table(string name, string columns, IEnumerable<string?[]> rows) =>
        new(name, columns.Split(' '), [.. rows]);

    private static string?[] SetRow(CatalogSnapshot catalog, IndicatorSet set, int place) =>
        [
            set.Code,
            Text(place + 1),
            set.Name,
            set.Authority,
            set.Decision,
            set.Date,
            Vocabularies.Levels.Word(set.Level),
            catalog.HomeOf(set)?.Id,
            Text(set.From),
            Text(set.To),
        ];

    private static IEnumerable<string?[]> SourceRows(IndicatorSet set)
    {
        foreach (var source in set.Sources.Distinct(StringComparer.Ordinal))
            yield return [set.Code, source, Text(set.TrustIn(source))];
    }

    private static IEnumerable<string?[]> IndicatorRows(IndicatorSet set, Func<string, string, bool> isAsked)
    {
        var place = 0;
        foreach (var group in set.Groups)
        {
            foreach (var indicator in group.Indicators)
                yield return IndicatorRow(set, group, indicator, ++place, isAsked);
        }
    }

    private static IEnumerable<string?[]> MeasureRows(IndicatorSet set)
    {
        var place = 0;
        foreach (var indicator in set.Indicators)
        {
            foreach (var measure in indicator.Measures)
                yield return MeasureRow(set, indicator, measure, ++place);
        }
    }

    private static IEnumerable<string?[]> SubjectRows(IndicatorSet set, Measure measure)
    {
        var place = 0;
        foreach (var subject in measure.Subjects)
            yield return [set.Code, measure.Code, subject.Code, Text(++place), subject.Name];
    }

    private static IEnumerable<string?[]> ThresholdRows(IndicatorSet set, Measure measure)
    {
        var place = 0;
        foreach (var threshold in measure.Thresholds)
        {
            foreach (var level in threshold.Levels)
                yield return
                [
                    set.Code,
                    measure.Code,
                    Text(++place),
                    threshold.Code,
                    threshold.Name,
                    Vocabularies.ThresholdKinds.Word(threshold.Kind),
                    Text(threshold.Hours),
                    threshold.Unit ?? measure.Unit,
                    threshold.Subjects.Count > 0 ? string.Join(' ', threshold.Subjects) : null,
                    threshold.Areas.Count > 0 ? string.Join(' ', threshold.Areas) : null,
                    Text(threshold.Margin),
                    Text(threshold.Readings),
                    threshold.Origin,
                    level.Code,
                    level.Name,
                    Text(level.At),
                    Vocabularies.Severities.Word(level.Severity),
                ];
        }
    }

    private static string?[] IndicatorRow(
        IndicatorSet set,
        IndicatorGroup group,
        Indicator indicator,
        int place,
        Func<string, string, bool> isAsked
    ) =>
        [
            set.Code,
            indicator.Code,
            Text(place),
            group.Code,
            group.Name,
            indicator.Number,
            indicator.Name,
            indicator.Agency,
            string.Join(' ', indicator.Frequencies.Select(frequency => frequency.Code())),
            indicator.FrequencyPrinted,
            indicator.Database,
            indicator.Owner,
            indicator.Source,
            Text(isAsked(set.Code, indicator.Code)),
            Text(indicator.From),
            Text(indicator.To),
        ];

    private static string?[] MeasureRow(IndicatorSet set, Indicator indicator, Measure measure, int place) =>
        [
            set.Code,
            measure.Code,
            indicator.Code,
            Text(place),
            measure.Number,
            measure.Name,
            measure.Unit,
            Vocabularies.Kinds.Word(measure.Kind),
            measure.Derived is { } derived ? Vocabularies.DerivedRules.Word(derived.Rule) : null,
            measure.Derived is { } rule ? string.Join(' ', rule.Inputs) : null,
            measure.Agency,
            Text(measure.From),
            Text(measure.To),
        ];

    // The same as RegimeRule.InForce: the first rule holds for all that was before it too.
    private static IEnumerable<string?[]> WindowRows(IndicatorSet set, Indicator indicator)
    {
        var rules = set.RegimeOf(indicator);
        for (var at = 0; at < rules.Count; at++)
        {
            var begins = at == 0 ? "-infinity" : Text(rules[at].From);
            var ends = at == rules.Count - 1 ? "infinity" : Text(rules[at + 1].From);
            var form = rules[at].Form;
            if (begins != ends)
                yield return
                [
                    set.Code,
                    indicator.Code,
                    begins,
                    ends,
                    Text(form.Rule == WindowRule.Cutoff15),
                    Text((int)form.Offset.TotalMinutes),
                ];
        }
    }

    private static string?[] AreaRow(CatalogSnapshot catalog, Area area)
    {
        var day = area.To ?? DateOnly.MaxValue;
        var province = area;
        while (province is { Level: not AreaLevel.Province })
            province = catalog.ParentOf(province, day);
        return
        [
            area.Id,
            area.Code,
            area.FullName,
            Vocabularies.Levels.Word(area.Level),
            catalog.ParentOf(area, day)?.Id,
            province?.Id,
            Text(area.From),
            Text(area.To),
            Text(area.Latitude),
            Text(area.Longitude),
            Text(area.SurfaceKm2),
        ];
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static string? Text<T>(T? value)
        where T : struct, IFormattable => value is { } present ? Text(present) : null;

    private static string Text<T>(T value)
        where T : struct, IFormattable => value.ToString(value is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture);
}
