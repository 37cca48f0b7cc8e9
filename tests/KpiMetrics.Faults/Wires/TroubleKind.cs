namespace KpiMetrics.Faults.Wires;

/// <summary>What a <see cref="Wire"/> does to what passes.</summary>
internal enum TroubleKind
{
    None,

    /// <summary>Every connection is reset, those that stand and those that are tried.</summary>
    Cut,

    /// <summary>Connections stand, nothing arrives; what waited arrives afterwards.</summary>
    Silent,

    /// <summary>Everything arrives later.</summary>
    Slow,

    /// <summary>Of some answers the first bytes arrive, then the connection is reset.</summary>
    Torn,
}
