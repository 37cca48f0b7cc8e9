namespace KpiMetrics.Worker.Demo;

/// <summary>What a report states besides the truth.</summary>
internal enum DemoVersion
{
    Plain,

    /// <summary>The same once more.</summary>
    Again,

    /// <summary>Wrong by some percent; <see cref="Correction"/> follows.</summary>
    Mistaken,

    /// <summary>A thousand times too large; <see cref="Correction"/> follows.</summary>
    WrongUnit,

    Correction,

    /// <summary>Some measures are missing.</summary>
    Partial,

    /// <summary>The publisher's first round; <see cref="Official"/> follows.</summary>
    Estimate,
    Official,
}
