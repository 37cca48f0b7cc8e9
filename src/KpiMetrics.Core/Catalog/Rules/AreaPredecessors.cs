using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>
/// A predecessor bore its code on the day before the area began, is of the same level, is named once, and ended that day. One that gave
/// away a part and keeps its code with the rest is another area from then on: its figures before and after are not of one territory.
/// </summary>
public sealed class AreaPredecessors : IAreaRule
{
    public IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas)
    {
        var index = new AreaIndex(areas);
        return from area in areas from fault in Check(area, index) select fault;
    }

    private static IEnumerable<RuleFault> Check(Area area, AreaIndex index)
    {
        for (var at = 0; at < area.Predecessors.Count; at++)
        {
            var part = area.Predecessors[at];
            if (part.Code.Length > 0 && Message(area, at, index) is { } message)
                yield return new(part, $"{message} (predecessor of {area.Id})", "code");
            if (part.Weight is { } weight and not (>= 0m and <= 1m))
                yield return new(part, string.Create(CultureInfo.InvariantCulture, $"weight {weight} is not in 0..1"), "weight");
        }
    }

    private static string? Message(Area area, int at, AreaIndex index)
    {
        var part = area.Predecessors[at];
        if (area.Predecessors.Take(at).Any(other => other.Code == part.Code))
            return $"'{part.Code}' is named twice";
        if (index.FindBefore(area, part.Code) is not { } earlier)
        {
            var before = string.Create(
                CultureInfo.InvariantCulture,
                $"nobody bears code '{part.Code}' on the day before {area.From:yyyy-MM-dd}"
            );
            return index.Bearers(part.Code) is { } bearers ? $"{before}; borne: {bearers}" : $"{before}, and no area file has it";
        }
        if (earlier.Level != area.Level)
            return $"'{part.Code}' ({earlier.FullName}) is a {Vocabularies.Levels.Word(earlier.Level)}; a {Vocabularies.Levels.Word(area.Level)} is needed";
        return earlier.To is not { } end || end >= area.From
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{AreaIndex.Span(earlier)} goes on: end it on {area.From.AddDays(-1):yyyy-MM-dd} ('to'); where the rest keeps the code, it is an area of its own from {area.From:yyyy-MM-dd} with this one as predecessor"
            )
            : null;
    }
}
