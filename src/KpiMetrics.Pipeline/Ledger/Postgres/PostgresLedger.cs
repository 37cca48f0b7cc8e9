using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger.Sql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>The ledger in the schema <c>kpi</c> of a PostgreSQL database: for several workers, and for figures of a whole country.</summary>
public sealed class PostgresLedger : SqlLedger, IAsyncDisposable
{
    private readonly PostgresDatabase database;
    private readonly PostgresIntake intake;

    /// <param name="connectionString">As Npgsql has it. Its password appears in no message.</param>
    /// <exception cref="ArgumentException">It is no connection string; the message does not repeat it.</exception>
    public PostgresLedger(string connectionString)
        : this(new PostgresDatabase(connectionString)) { }

    private PostgresLedger(PostgresDatabase database)
        : base(database)
    {
        this.database = database;
        intake = new(database);
    }

    public static bool IsConnectionString(string text) => PostgresDatabase.IsConnectionString(text);

    /// <inheritdoc cref="PostgresDatabase.ConnectionFor"/>
    public static string ConnectionFor(string connectionString, string application, int most, TimeSpan pause) =>
        PostgresDatabase.ConnectionFor(connectionString, application, most, pause);

    public override Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        PostgresMigrations.RunAsync(database, at, cancellationToken);

    public override Task<bool> KeepCatalogAsync(
        CatalogSnapshot catalog,
        Func<string, string, bool> isAsked,
        CancellationToken cancellationToken
    ) => PostgresCatalog.KeepAsync(database, catalog, isAsked, cancellationToken);

    public override async Task<IReportTransaction> BeginAsync(ReportHeader header, CancellationToken cancellationToken) =>
        await PostgresReportTransaction.BeginAsync(intake, header, cancellationToken);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private protected override async Task FulfilAsync(
        SqlSession session,
        IReadOnlyCollection<(Duty Duty, int Period, string Area)> obligations,
        CancellationToken cancellationToken
    )
    {
        var writing = (PostgresSession)session;
        var batch = new PostgresBatch(writing.Connection, writing.Transaction);
        await new PostgresFulfilment(batch).UpdateAsync(obligations, cancellationToken);
        await batch.SendAsync(cancellationToken);
    }
}
