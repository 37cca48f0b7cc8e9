using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Api;

/// <summary>The ledger can be written to.</summary>
internal sealed class LedgerReady(Engine engine) : IReadyCheck
{
    public string Name => "ledger";

    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => engine.Ledger.FindFaultAsync(cancellationToken);
}
