using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>Seasons added, moved or taken out; those that have begun are of the past.</summary>
internal static class SeasonChanges
{
    private const string Warning = "comparisons with this season, which has begun, would change";

    public static void Find(ChangeList changes, IReadOnlyList<Season> old, IReadOnlyList<Season> next)
    {
        var left = next.ToList();
        foreach (var season in old)
        {
            var newer = left.Find(other => Name(other) == Name(season));
            if (newer is not null)
                left.Remove(newer);
            if (newer is null || (newer.From, newer.To) != (season.From, season.To))
                changes.Add(
                    null,
                    ChangeKind.Season,
                    $"{Name(season)} {Span(season)}",
                    newer is null ? null : $"{Name(newer)} {Span(newer)}",
                    warning: season.From <= changes.Today || newer?.From <= changes.Today ? Warning : null
                );
        }
        foreach (var season in left)
            changes.Add(null, ChangeKind.Season, to: $"{Name(season)} {Span(season)}", on: season.From);
    }

    private static string Name(Season season)
    {
        var areas = season.Areas.Count == 0 ? "" : $", areas {string.Join(", ", season.Areas)}";
        var subjects = season.Subjects.Count == 0 ? "" : $", {string.Join(", ", season.Subjects)}";
        return Invariant($"{season.Code} {season.Year}{areas}{subjects}");
    }

    private static string Span(Season season) => Invariant($"{season.From:yyyy-MM-dd} to {season.To:yyyy-MM-dd}");
}
