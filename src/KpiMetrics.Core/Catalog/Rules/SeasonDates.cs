using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A season is a span of at most a good year; of one area and crop, no two seasons are the same or share a day.</summary>
public sealed class SeasonDates : ICatalogRule
{
    private const int MaxDays = 400;

    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        for (var at = 0; at < set.Seasons.Count; at++)
        {
            var season = set.Seasons[at];
            if (season.To < season.From)
                yield return new(
                    season,
                    Invariant($"'to' {season.To:yyyy-MM-dd} lies before 'from' {season.From:yyyy-MM-dd}"),
                    "to",
                    "from"
                );
            else if (season.To.DayNumber - season.From.DayNumber + 1 is > MaxDays and var days)
                yield return new(season, Invariant($"lasts {days} days; a season has at most {MaxDays}"), "to", "from");
            foreach (var other in set.Seasons.Take(at).Where(other => Meet(other, season)))
            {
                if (other.Code == season.Code && other.Year == season.Year)
                    yield return new(
                        season,
                        Invariant(
                            $"season '{season.Code}' of {season.Year} is there already for an area and subject of this one"
                        ),
                        "code",
                        "year",
                        "areas",
                        "subjects"
                    );
                else if (season.From <= other.To && other.From <= season.To)
                    yield return new(
                        season,
                        Invariant(
                            $"overlaps season '{other.Code}' of {other.Year}, {other.From:yyyy-MM-dd} to {other.To:yyyy-MM-dd}, of the same area and subject"
                        ),
                        "from",
                        "to",
                        "areas",
                        "subjects"
                    );
            }
        }
    }

    private static bool Meet(Season one, Season other) => Meet(one.Areas, other.Areas) && Meet(one.Subjects, other.Subjects);

    // None named means all the others: it meets only another that names none.
    private static bool Meet(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == 0 && other.Count == 0 || one.Intersect(other, StringComparer.Ordinal).Any();
}
