namespace KpiMetrics.Core.Catalog;

/// <summary>One crop season ("vụ") of one year, which may begin in the year before and differ from area to area (DESIGN 4.1).</summary>
/// <param name="Code">The same every year: <c>dong-xuan</c>.</param>
/// <param name="Year">The year the season is named for: vụ đông xuân 2025 begins in 2024.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Areas">The codes of the areas it holds for; empty: all that have no season of their own with this code and year.</param>
/// <param name="Subjects">The crops it is a season of; empty: all.</param>
public sealed record Season(
    string Code,
    string Name,
    int Year,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Subjects
);
