using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>The areas of a set are, or lie in, an area that stood on the set's first day, or on that of its decision.</summary>
public sealed class WithinIsKnown(IReadOnlyList<Area> areas) : ICatalogRule
{
    private readonly AreaIndex index = new(areas);

    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (set.Within.Length == 0 || SetHome.DayOf(set) is not { } day)
            yield break;
        var home = index.Find(set.Within, day);
        if (home is null && index.Bearers(set.Within) is { } bearers)
        {
            var when = string.Create(
                CultureInfo.InvariantCulture,
                $"{day:yyyy-MM-dd} ({(set.From == day ? "its 'from'" : "its 'date'")})"
            );
            yield return new(
                set,
                $"'within' names area '{set.Within}', a code nobody bears on {when}; borne: {bearers}",
                "areas",
                "from",
                "date"
            );
        }
        else if (home is null)
            yield return new(set, $"'within' names area '{set.Within}', which no area file has", "areas");
        else if (home.Level > set.Level)
            yield return new(
                set,
                $"areas of level {Vocabularies.Levels.Word(set.Level)} cannot lie within '{set.Within}' ({home.FullName})",
                "areas"
            );
    }
}
