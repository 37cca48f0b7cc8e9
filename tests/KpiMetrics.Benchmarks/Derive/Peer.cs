namespace KpiMetrics.Benchmarks.Derive;

/// <summary>Whom a contender stands for.</summary>
internal enum Peer
{
    Ourselves,
    BareLoop,
    PostgresGapSafe,
    PostgresWrongAtGaps,
}
