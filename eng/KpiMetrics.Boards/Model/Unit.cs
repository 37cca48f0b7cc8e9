namespace KpiMetrics.Boards.Model;

/// <summary>How numbers are written. Amounts and percentages follow the reader's browser, in Vietnam 1.155.106,5; units stand in titles and columns.</summary>
internal static class Unit
{
    /// <summary>A number as the browser's language writes it.</summary>
    public const string Number = "locale";

    /// <summary>Seconds, as a span of time.</summary>
    public const string Seconds = "s";

    /// <summary>Milliseconds since 1970, as "3 hours ago".</summary>
    public const string Ago = "dateTimeFromNow";

    public const string Instant = "time:DD/MM/YYYY HH:mm";

    /// <summary>When a period begins.</summary>
    public const string Start = "time:DD/MM/YYYY HH[h]";
}
