using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Tests.Ledger;

public sealed class SqliteSchedulesTest : SchedulesContract, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override Task<ILedger> CreateAsync() => SqliteLedgers.CreateAsync(folder, "ledger.db");

    [Theory]
    [InlineData("UPDATE schedule_change SET cron = NULL")]
    [InlineData("DELETE FROM schedule_change")]
    public async Task Change_ChangedBehindOurBack_IsRefusedByTheStore(string sql)
    {
        await SetAsync((ISchedules)await CreateAsync());
        using var connection = new SqliteConnection($"Data Source={folder.File("ledger.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;

        var fault = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        Assert.Contains("append-only", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ByManyAtOnce_NoneIsLost()
    {
        await CreateAsync();
        var done = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => SetAsync(new SqliteLedger(folder.File("ledger.db")))))
        );

        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), done.Select(version => version.Revision).Order());
    }
}
