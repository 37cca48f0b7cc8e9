namespace KpiMetrics.Boards.Parts;

/// <summary>Leads to the board of one indicator.</summary>
internal static class IndicatorLink
{
    public const string Uid = "kpi-chi-so";

    /// <summary>A set in SQL, as a part of a link: a code in quotes without them, a variable as it is.</summary>
    public static string SetOf(string set) => set.StartsWith('$') ? "${bo}" : set.Trim('\'');
}
