namespace KpiMetrics.Core.Alerting;

/// <summary>What an alert is about. A kind that is added here needs a name (<see cref="AlertNames"/>) and somebody who sees it.</summary>
public enum AlertKind
{
    /// <summary>Past due, in grace.</summary>
    Overdue,

    /// <summary>Past grace.</summary>
    Missing,

    /// <summary>Past due, and some measures lack.</summary>
    Incomplete,

    /// <summary>A source that was asked did not answer, or with an error.</summary>
    SourceFailing,

    /// <summary>InfluxDB would not take a point.</summary>
    PointRefused,

    /// <summary>Reported figures contradict each other.</summary>
    Contradiction,

    /// <summary>Two sources say different things of one figure.</summary>
    Disagreement,

    /// <summary>A figure stands out without contradicting another.</summary>
    Anomaly,

    /// <summary>A figure went over an emergency threshold.</summary>
    Threshold,
}
