namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>What a finding is a sign of.</summary>
internal enum FindingSign
{
    /// <summary>Of nothing: it cannot be computed.</summary>
    None,

    /// <summary>Reported figures contradict each other by a rule that their set declares.</summary>
    Wrong,

    /// <summary>Two sources differ.</summary>
    Disagreeing,

    /// <summary>It only stands out.</summary>
    Suspicious,
}
