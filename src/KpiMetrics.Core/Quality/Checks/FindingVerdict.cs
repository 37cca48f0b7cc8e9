namespace KpiMetrics.Core.Quality.Checks;

public enum FindingVerdict
{
    /// <summary><c>contradiction</c>: the figures cannot all be right.</summary>
    Contradiction,

    /// <summary><c>not-computable</c>: a figure is stated where none can be.</summary>
    NotComputable,

    /// <summary><c>suspicion</c>: nothing contradicts the figure, but it is not like those of its series.</summary>
    Suspicion,
}
