namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>One series as the board of one indicator has it chosen.</summary>
/// <param name="Subject">As boards have it: <c>_T</c> for a measure that is one figure.</param>
/// <param name="Area">The area's identity.</param>
internal sealed record ChosenSeries(string Set, string Measure, string Subject, string Area, string Freq)
{
    /// <summary>As <c>explain</c> takes it.</summary>
    public string Text => Subject == "_T" ? $"{Set}/{Measure}/{Area}" : $"{Set}/{Measure}/{Area}/{Subject}";

    public (string, string)[] Choices =>
        [("bo", Set), ("chi_tieu", Measure), ("dia_ban", Area), ("phan_to", Subject), ("ky", Freq)];

    /// <summary>
    /// A figure that is first estimated, one with a plan, one of a commune and a crop, hours of rain, one that two sources differ about, and a bulletin.
    /// </summary>
    public static IReadOnlyList<ChosenSeries> All(Decisions decisions)
    {
        var province = decisions.Home("bac-ninh").Id;
        var commune = decisions.Area(BoardWorld.Commune).Id;
        return
        [
            new("bac-ninh", "BN-05.01", "_T", province, "M"),
            new("bac-ninh", BoardWorld.Planned, "_T", province, "M"),
            new("lao-cai", "LC-A01.01", "lua", commune, "M"),
            new("lao-cai", "LC-C01.01", "luong-mua", commune, "H"),
            new("cchc", "CC-F201.01", "_T", province, "A"),
            new("bac-ninh", "BN-11.01", "_T", province, "M"),
        ];
    }
}
