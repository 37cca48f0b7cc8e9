using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Alerting;

/// <summary>What somebody must act on, as it follows from the ledger at one instant. It becomes an alert, or goes on as one.</summary>
/// <param name="Key">See <see cref="AlertKeys"/>.</param>
/// <param name="Title">What is wrong, in Vietnamese. Each other title is another event, so nothing in it may change by itself, as how late something is.</param>
/// <param name="Since">The due instant, the last answer, when it was first found; to the millisecond.</param>
public sealed record Concern(string Key, AlertKind Kind, AlertSeverity Severity, string Title, DateTimeOffset Since, string Set)
{
    public string? Indicator { get; init; }

    public string? Measure { get; init; }

    public Period? Period { get; init; }

    /// <summary>Identity of the area.</summary>
    public string? Area { get; init; }

    /// <summary>The office that must act; null: none of them.</summary>
    public string? Agency { get; init; }

    public string? Source { get; init; }

    /// <summary>The key of the alert that this one follows from, which holds it back as long as it is open: one outage is one alert. Null: none.</summary>
    public string? HeldBy { get; init; }

    public bool IsLateness => Kind is AlertKind.Overdue or AlertKind.Missing or AlertKind.Incomplete;

    /// <summary>Told at once; what is not is told in the morning's <see cref="Digest"/>.</summary>
    public bool IsImmediate =>
        Kind is AlertKind.SourceFailing or AlertKind.PointRefused or AlertKind.Threshold
        || Period is null or { Frequency: Frequency.Hour };
}
