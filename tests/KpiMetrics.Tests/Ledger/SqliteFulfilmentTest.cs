using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

public sealed class SqliteFulfilmentTest : FulfilmentContract, IDisposable
{
    private readonly TempFolder folder = new();
    private int made;

    public void Dispose() => folder.Dispose();

    protected override Task<ILedger> CreateAsync() => SqliteLedgers.CreateAsync(folder, $"{++made}.db");
}
