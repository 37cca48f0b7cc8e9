namespace KpiMetrics.Boards.Parts;

/// <summary>Leads to the board of one indicator.</summary>
internal static class IndicatorLink
{
    public const string Uid = "kpi-chi-so";

    /// <summary>A table to join, called m: the first measure of each indicator, for what is of all of them.</summary>
    public const string FirstMeasures =
        "(SELECT set_code, indicator, min(measure) AS measure FROM v_indicator GROUP BY set_code, indicator) AS m";

    /// <summary>A set in SQL, as a part of a link: a code in quotes without them, a variable as it is.</summary>
    public static string SetOf(string set) => set.StartsWith('$') ? "${bo}" : set.Trim('\'');

    /// <summary>In SQL: the board with what a row is of, as a link has it behind <c>/d/</c>.</summary>
    /// <param name="row">The table of the row, with a set, an area and a frequency.</param>
    /// <param name="measure">An expression.</param>
    /// <param name="subject">An expression, as boards have subjects; where there is none the board opens with the first.</param>
    public static string Address(string row, string measure, string? subject = null) =>
        $"concat('{Uid}?var-bo=', {row}.set_code, '&var-chi_tieu=', {measure}, '&var-dia_ban=', {row}.area, '&var-ky=', {row}.freq"
        + (subject is null ? ")" : $", '&var-phan_to=' || {subject})");
}
