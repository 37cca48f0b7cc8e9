namespace KpiMetrics.Simulation.Verifying;

/// <summary>What the ledger has of one period of a duty and area: first received when, and which of the measures.</summary>
/// <param name="Measures">One bit for each.</param>
internal readonly record struct Received(DateTimeOffset First, DateTimeOffset Last, ulong Measures)
{
    public Received With(DateTimeOffset at, int measure) =>
        Measures == 0
            ? new(at, at, 1UL << measure)
            : new(at < First ? at : First, at > Last ? at : Last, Measures | 1UL << measure);
}
