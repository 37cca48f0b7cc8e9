using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A season is a span of at most a good year; of one area and crop, no two seasons are the same or share a day.</summary>
public sealed class SeasonDates : ICatalogRule
{
    private const int MaxDays = 400;

    // None named means all the others: it meets only another that names none.
    private static readonly IReadOnlyList<string> Others = [""];

    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var byAreaAndSubject =
            from season in set.Seasons
            from area in season.Areas.Count == 0 ? Others : season.Areas
            from subject in season.Subjects.Count == 0 ? Others : season.Subjects
            group season by (area, subject);
        return set.Seasons.SelectMany(Span).Concat(byAreaAndSubject.SelectMany(Meeting));
    }

    private static IEnumerable<RuleFault> Span(Season season)
    {
        if (season.To < season.From)
            yield return new(
                season,
                Invariant($"'to' {season.To:yyyy-MM-dd} lies before 'from' {season.From:yyyy-MM-dd}"),
                "to",
                "from"
            );
        else if (season.To.DayNumber - season.From.DayNumber + 1 is > MaxDays and var days)
            yield return new(season, Invariant($"lasts {days} days; a season has at most {MaxDays}"), "to", "from");
    }

    private static IEnumerable<RuleFault> Meeting(IEnumerable<Season> seasons)
    {
        var seen = new HashSet<(string, int)>();
        Season? longest = null;
        foreach (var season in seasons.Where(season => season.To >= season.From).OrderBy(season => season.From))
        {
            if (!seen.Add((season.Code, season.Year)))
                yield return new(
                    season,
                    Invariant($"season '{season.Code}' of {season.Year} is there already for an area and subject of this one"),
                    "code",
                    "year",
                    "areas",
                    "subjects"
                );
            else if (longest?.To >= season.From)
                yield return new(
                    season,
                    Invariant(
                        $"overlaps season '{longest.Code}' of {longest.Year}, {longest.From:yyyy-MM-dd} to {longest.To:yyyy-MM-dd}, of the same area and subject"
                    ),
                    "from",
                    "to",
                    "areas",
                    "subjects"
                );
            if (longest is null || season.To > longest.To)
                longest = season;
        }
    }
}
