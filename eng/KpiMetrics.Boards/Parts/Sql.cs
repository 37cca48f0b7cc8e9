namespace KpiMetrics.Boards.Parts;

/// <summary>Pieces of SQL that several boards have.</summary>
internal static class Sql
{
    /// <summary>Of a text variable: quoted, whatever is in it.</summary>
    public static string Of(string variable) => $"${{{variable}:sqlstring}}";

    /// <summary>Of a variable that is a number of ours.</summary>
    public static string Raw(string variable) => $"${{{variable}:raw}}";

    /// <summary>InfluxDB's word for a measure that is one figure, where the ledger has none.</summary>
    public const string Subject = "COALESCE(NULLIF(l.subject, ''), '_T')";

    /// <summary>The name of a frequency.</summary>
    public static string Frequency(string column) =>
        $"CASE {column} WHEN 'H' THEN 'giờ' WHEN 'D' THEN 'ngày' WHEN 'W' THEN 'tuần' WHEN 'M' THEN 'tháng' WHEN 'Q' THEN 'quý' "
        + "WHEN 'S' THEN '6 tháng' WHEN 'A' THEN 'năm' END";

    /// <summary>The name of an OBS_STATUS of SDMX.</summary>
    public static string Status(string column) =>
        $"CASE {column} WHEN 'A' THEN 'chính thức' WHEN 'E' THEN 'ước tính' WHEN 'P' THEN 'sơ bộ' WHEN 'B' THEN 'thay đổi địa giới' "
        + $"WHEN 'M' THEN 'không có' ELSE {column} END";

    /// <summary>The name of a publisher's round.</summary>
    public static string Vintage(string column) =>
        $"CASE {column} WHEN 'estimate' THEN 'ước tính' WHEN 'preliminary' THEN 'sơ bộ' WHEN 'official' THEN 'chính thức' END";

    /// <summary>Columns <c>__value</c> and <c>__text</c> of the sets that have indicators.</summary>
    public const string Sets =
        "SELECT set_code AS __value, set_code || ': ' || set_name AS __text FROM v_set WHERE indicators > 0 ORDER BY position";

    /// <summary>Areas of the level of a set that figures or obligations are known of, the set's own first.</summary>
    public static string AreasOf(string set) =>
        $"""
            SELECT a.area AS __value, a.area_name AS __text
            FROM v_area a JOIN v_set s ON s.set_code = {set} AND a.level IN (s.level, 'province')
            WHERE a.is_valid AND (a.area = s.area OR a.province = s.area OR s.area IS NULL)
            ORDER BY a.area <> COALESCE(s.area, ''), a.level DESC, a.area_name
            """;
}
