using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping of a regime's rule to the rule.</summary>
internal static class RegimeMapping
{
    public static RegimeRule Read(MapReader map) =>
        new(
            map.Date("from"),
            map.Word("windows", Vocabularies.WindowRules),
            map.OptionalText("due") is null ? null : DueRules.LastDayOfPeriod,
            map.OptionalText("origin"),
            map.TimeOfDay("day_begins")
        );
}
