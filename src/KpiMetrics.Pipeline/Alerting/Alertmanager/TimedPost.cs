namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>One with its end: of what holds that by which it ends unless it is sent again.</summary>
internal sealed record TimedPost(AlertPost Post, DateTimeOffset EndsAt);
