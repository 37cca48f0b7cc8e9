using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Tests.Ledger;

public sealed class SqliteObligationsTest : ObligationsContract, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override Task<ILedger> CreateAsync() => SqliteLedgers.CreateAsync(folder, "ledger.db");

    [Fact]
    public async Task Askings_OfADuty_AreFoundWithoutReadingAllOthers()
    {
        await CreateAsync();
        using var connection = new SqliteConnection($"Data Source={folder.File("ledger.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN SELECT * FROM asking WHERE duty_id = 1 AND period BETWEEN 1 AND 2";
        using var plan = command.ExecuteReader();

        Assert.True(plan.Read());
        Assert.StartsWith("SEARCH", plan.GetString(3), StringComparison.Ordinal);
    }
}
