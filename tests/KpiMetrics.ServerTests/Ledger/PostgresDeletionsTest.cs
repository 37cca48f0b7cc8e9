using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Ledger;

namespace KpiMetrics.ServerTests.Ledger;

public sealed class PostgresDeletionsTest(SharedPostgres postgres) : DeletionsContract, IAsyncDisposable
{
    private readonly PostgresLedgers ledgers = new(postgres);

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    protected override async Task<ILedger> CreateAsync() => await ledgers.CreateAsync();
}
