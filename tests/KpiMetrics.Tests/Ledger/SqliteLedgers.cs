using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

internal static class SqliteLedgers
{
    /// <summary>A new, migrated ledger in the folder.</summary>
    public static async Task<ILedger> CreateAsync(TempFolder folder, string name)
    {
        var ledger = new SqliteLedger(folder.File(name));
        await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        return ledger;
    }
}
