using static System.FormattableString;

namespace KpiMetrics.Core.Catalog;

/// <summary>
/// Something that moved figures of a set for a time, other than a declared emergency: a typhoon of a year that was loaded later, a flood where nothing is
/// reported by the hour.
/// </summary>
/// <remarks>
/// As for an emergency, figures of its areas whose period shares a day with it are explained and are no past of later ones, up to quarters; what lies in
/// its areas, what they lie in, and what was made from them is concerned too.
/// </remarks>
/// <param name="Name">As an official says it: <c>Bão số 3 (Yagi)</c>.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Areas">The codes that its areas bore on the first day, at least one; they may be other areas today.</param>
/// <param name="Indicators">The codes of the set's indicators that it moved; empty: all.</param>
/// <param name="Origin">Who says so.</param>
public sealed record SetEvent(
    string Name,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Indicators,
    string? Origin
)
{
    /// <summary><c>"Bão số 3 (Yagi)" 2024-09-07 to 2024-09-15, areas 10, 15, indicators LC-A01</c>.</summary>
    public override string ToString()
    {
        var indicators = Indicators.Count == 0 ? "" : $", indicators {string.Join(", ", Indicators)}";
        return Invariant($"\"{Name}\" {From:yyyy-MM-dd} to {To:yyyy-MM-dd}, areas {string.Join(", ", Areas)}{indicators}");
    }
}
