namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Where a row about an indicator leads, behind <c>/d/</c>.</summary>
internal static class AlertWay
{
    /// <param name="measure">Null: the indicator's first.</param>
    /// <param name="area">The area's identity.</param>
    /// <param name="subject">As boards have it; null: whichever the board opens with.</param>
    public static string Of(
        Sight sight,
        string set,
        string indicator,
        string? measure,
        string area,
        string? freq,
        string? subject = null
    )
    {
        measure ??= sight.Decisions.Indicator(set, indicator).Measures.Select(one => one.Code).Min(StringComparer.Ordinal);
        return $"{IndicatorOracles.Uid}?var-bo={set}&var-chi_tieu={measure}&var-dia_ban={area}&var-ky={freq}"
            + (subject is null ? "" : $"&var-phan_to={subject}");
    }
}
