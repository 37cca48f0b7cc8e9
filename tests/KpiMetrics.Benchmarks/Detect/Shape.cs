namespace KpiMetrics.Benchmarks.Detect;

/// <summary>How a made series behaves.</summary>
internal enum Shape
{
    /// <summary>A monthly amount: trend, a strong season, noise in percent.</summary>
    Monthly,

    /// <summary>A quarterly amount.</summary>
    Quarterly,

    /// <summary>A daily amount with a weekly season.</summary>
    Daily,

    /// <summary>Monthly counts, overdispersed (negative binomial), with a season.</summary>
    Counts,

    /// <summary>A monthly stock that wanders by small steps.</summary>
    Stock,

    /// <summary>A monthly rate in percent.</summary>
    Rate,

    /// <summary>A monthly growth in percent, of either sign.</summary>
    Growth,

    /// <summary>Monthly amounts whose noise is now and then large (Student's t, 4 degrees of freedom).</summary>
    HeavyTails,

    /// <summary>A monthly amount summed up within the year.</summary>
    Cumulative,

    /// <summary>Monthly counts between none and some twenty.</summary>
    SmallCounts,

    /// <summary>Monthly counts that are mostly small and often 0.</summary>
    Intermittent,
}
