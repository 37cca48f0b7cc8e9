using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the keys <c>due</c> and <c>grace</c> of a regime's rule, or of an office in it, to what they say.</summary>
internal static class DueMapping
{
    private static readonly string AllowedDue =
        $"allowed: {DueRule.LastDayText}, or a mapping of {FrequencyCode.Allowed} to rules such as {{D: 1d 09:00, M: 5d 17:00 roll}}";

    /// <summary>Null where neither key is there.</summary>
    public static DueRules? Read(MapReader map)
    {
        if (!map.Has("due") && !map.Has("grace"))
            return null;
        var grace = map.One("grace", CatalogShapes.GraceRules, Graces) ?? [];
        if (map.HasMapping("due"))
            return new(map.One("due", CatalogShapes.DueRules, Dues) ?? [], grace);
        var lastDay = map.Parsed("due", text => text == DueRule.LastDayText ? DueRules.LastDayOfPeriod : null, AllowedDue);
        return (lastDay ?? DueRules.Nothing).With(grace);
    }

    public static OfficeDue Office(MapReader map) => new(map.Text("name"), Read(map) ?? DueRules.Nothing);

    private static Dictionary<Frequency, DueRule> Dues(MapReader map) =>
        ByFrequency(
            map,
            (text, frequency) => DueRule.TryParse(text, frequency, out var rule) ? rule : null,
            frequency => $"allowed: {DueRule.Allowed(frequency)}"
        );

    private static Dictionary<Frequency, Grace> Graces(MapReader map) =>
        ByFrequency(map, (text, _) => Grace.TryParse(text, out var grace) ? grace : null, _ => $"allowed: {Grace.Allowed}");

    private static Dictionary<Frequency, T> ByFrequency<T>(
        MapReader map,
        Func<string, Frequency, T?> parse,
        Func<Frequency, string> expected
    )
        where T : class
    {
        var found = new Dictionary<Frequency, T>();
        foreach (var frequency in Enum.GetValues<Frequency>())
        {
            if (map.Parsed(frequency.Code(), text => parse(text, frequency), expected(frequency)) is { } value)
                found[frequency] = value;
        }
        return found;
    }
}
