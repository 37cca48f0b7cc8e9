namespace KpiMetrics.Pipeline.Publishing;

/// <summary>How long a shard is: with InfluxDB's default of a week, one query over years of monthly figures takes half a minute.</summary>
internal static class LongShards
{
    public const int Weeks = 520;

    public const int Seconds = Weeks * 7 * 24 * 60 * 60;
}
