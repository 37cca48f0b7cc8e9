using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger in one SQLite file: the embedded default.</summary>
public sealed class SqliteLedger : SqlLedger
{
    private readonly SqliteDatabase database;

    /// <param name="path">The file; its folder must exist. Created by <see cref="MigrateAsync"/>.</param>
    public SqliteLedger(string path)
        : this(new SqliteDatabase(path)) { }

    private SqliteLedger(SqliteDatabase database)
        : base(database) => this.database = database;

    public override Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        var steps = SqliteMigrations.Run(connection, at);
        database.CheckIdentity();
        return Task.FromResult(steps);
    }

    public override async Task<IReportTransaction> BeginAsync(ReportHeader header, CancellationToken cancellationToken)
    {
        var turn = await database.Writers.TakeAsync(cancellationToken);
        SqliteConnection? connection = null;
        try
        {
            database.CheckIdentity();
            connection = database.Open();
            return new SqliteReportTransaction(connection, header, database.Series, turn);
        }
        catch
        {
            connection?.Dispose(); // rolls back: a connection left to the collector would keep the write lock
            turn.Dispose();
            throw;
        }
    }

    private protected override async Task FulfilAsync(
        SqlSession session,
        IReadOnlyCollection<(Duty Duty, int Period, string Area)> obligations,
        CancellationToken cancellationToken
    )
    {
        using var fulfilment = new SqliteFulfilment(((SqliteSession)session).Connection);
        await fulfilment.UpdateAsync(obligations, cancellationToken);
    }
}
