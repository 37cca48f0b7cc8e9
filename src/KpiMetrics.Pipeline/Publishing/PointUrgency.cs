namespace KpiMetrics.Pipeline.Publishing;

/// <summary>In which order points are worked out: first what is watched in an emergency, last what takes the most reading.</summary>
internal enum PointUrgency
{
    /// <summary>Hours of a series that was reported; they take its own hours alone.</summary>
    ReportedHour,

    /// <summary>Other hours: the province's, with their year so far, take the hours of all its communes.</summary>
    OtherHour,

    /// <summary>All else: the days that hours add to, with their year so far, take the days of all communes.</summary>
    Other,
}
