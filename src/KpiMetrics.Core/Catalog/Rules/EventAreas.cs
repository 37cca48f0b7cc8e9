using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>The codes that an event names were borne by areas of the catalog on its first day: a code may be another area's by now.</summary>
public sealed class EventAreas(IReadOnlyList<Area> areas) : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (set.Events.Count == 0)
            return [];
        var known = areas.ToLookup(area => area.Code, StringComparer.Ordinal);
        return from named in set.Events
            from code in named.Areas
            where !known[code].Any(area => area.IsValidOn(named.From))
            select new RuleFault(named, Message(code, named.From, known[code]), "areas", "from");
    }

    private static string Message(string code, DateOnly day, IEnumerable<Area> others)
    {
        var times = others.Select(area => Invariant($"{area.Name} {new Validity(area.From, area.To)}")).ToList();
        return times.Count == 0
            ? $"'areas' names '{code}', which no area file has"
            : Invariant($"'areas' names '{code}', which no area bears on {day:yyyy-MM-dd}; it is {string.Join(", ", times)}");
    }
}
