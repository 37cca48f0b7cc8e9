namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>What a number format makes of a number.</summary>
internal enum XlsxFormat
{
    Number,

    /// <summary>Shown a hundred times as large, with a percent sign.</summary>
    Percent,

    /// <summary>Days since 1900, shown as a date or a time.</summary>
    Date,
}
