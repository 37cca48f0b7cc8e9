namespace KpiMetrics.Core.Catalog;

/// <summary>What of an hourly series is held against the levels of a threshold.</summary>
public enum ThresholdKind
{
    /// <summary><c>value</c>: the figure of the hour itself, as the level of a river.</summary>
    Value,

    /// <summary><c>sum</c>: of the hours of a window, as rain.</summary>
    Sum,

    /// <summary><c>rise</c>: by how much it rises in an hour, on average over the hours of a window.</summary>
    Rise,
}
