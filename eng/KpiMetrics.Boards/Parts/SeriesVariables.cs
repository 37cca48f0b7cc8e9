using KpiMetrics.Boards.Model;

namespace KpiMetrics.Boards.Parts;

/// <summary>What tells the series of one measure apart, as the variables <c>phan_to</c> and <c>ky</c>, after <c>chi_tieu</c>.</summary>
internal static class SeriesVariables
{
    /// <param name="set">A code in single quotes, or a variable.</param>
    public static IReadOnlyList<Variable> Of(string set) =>
        [
            new(
                "phan_to",
                "Phân tổ",
                $"""
                WITH known AS (
                    SELECT DISTINCT subject, subject_name FROM v_latest WHERE set_code = {set} AND measure = {Sql.Of("chi_tieu")}
                )
                SELECT COALESCE(NULLIF(subject, ''), '_T') AS __value, COALESCE(subject_name, 'chung') AS __text
                FROM (SELECT * FROM known UNION ALL SELECT '', NULL WHERE NOT EXISTS (SELECT 1 FROM known)) AS all_known
                ORDER BY subject
                """
            ),
            new(
                "ky",
                "Tần suất",
                $"""
                SELECT f.freq AS __value, {Sql.Frequency("f.freq")} AS __text
                FROM v_indicator i CROSS JOIN LATERAL unnest(string_to_array(i.frequencies, ' ')) WITH ORDINALITY AS f (freq, place)
                WHERE i.set_code = {set} AND i.measure = {Sql.Of("chi_tieu")} ORDER BY f.place
                """
            ),
        ];
}
