namespace KpiMetrics.Core.Alerting;

/// <summary>What will be due soon and is not there: no alert, a line in the morning's digest.</summary>
/// <param name="Title">What is to be reported, in Vietnamese.</param>
public sealed record Reminder(string Set, string Agency, string Title, DateTimeOffset Due)
{
    /// <summary>Identity of the area.</summary>
    public string? Area { get; init; }
}
