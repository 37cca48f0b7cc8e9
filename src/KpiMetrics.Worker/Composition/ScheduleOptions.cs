namespace KpiMetrics.Worker.Composition;

/// <summary>When jobs look for figures.</summary>
public sealed class ScheduleOptions
{
    /// <summary>
    /// Cron expressions (Quartz, Asia/Ho_Chi_Minh) by SDMX frequency letter, instead of the built-in: hourly figures are looked for every
    /// minute, daily ones every quarter of an hour, all others every hour.
    /// </summary>
    public IDictionary<string, string> Cron { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How often changed figures are published, in seconds. Default 1, 1..3600.</summary>
    public int PublishSeconds { get; set; } = 1;
}
