namespace KpiMetrics.Benchmarks.Derive;

/// <summary>Whom a contender stands for.</summary>
internal enum Peer
{
    Ourselves,
    OurFigures,
    BareLoop,
    PostgresGapSafe,
    PostgresWrongAtGaps,
}
