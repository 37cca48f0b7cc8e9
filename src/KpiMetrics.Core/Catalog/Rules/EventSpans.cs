using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>An event is a span of at most three years, and is there once for an area and indicator: one without end would explain everything.</summary>
public sealed class EventSpans : ICatalogRule
{
    private const int MaxDays = 3 * 366;

    // None named means all: it meets only another that names none.
    private static readonly IReadOnlyList<string> All = [""];

    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var seen = new HashSet<(string Name, DateOnly From, string Area, string Indicator)>();
        foreach (var known in set.Events)
        {
            if (known.To < known.From)
                yield return new(
                    known,
                    Invariant($"'to' {known.To:yyyy-MM-dd} lies before 'from' {known.From:yyyy-MM-dd}"),
                    "to",
                    "from"
                );
            else if (known.To.DayNumber - known.From.DayNumber + 1 is > MaxDays and var days)
                yield return new(known, Invariant($"lasts {days} days; an event has at most {MaxDays}"), "to", "from");
            var cells =
                from area in known.Areas
                from indicator in known.Indicators.Count == 0 ? All : known.Indicators
                select (known.Name, known.From, area, indicator);
            var isDoubled = false;
            foreach (var cell in cells)
                isDoubled |= !seen.Add(cell);
            if (isDoubled)
                yield return new(
                    known,
                    Invariant(
                        $"an event of this name from {known.From:yyyy-MM-dd} on is there already for an area and indicator of this one"
                    ),
                    "name",
                    "from",
                    "areas",
                    "indicators"
                );
        }
    }
}
