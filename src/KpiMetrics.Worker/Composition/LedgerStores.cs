using System.Data.Common;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.Pipeline.Ledger.Sqlite;

namespace KpiMetrics.Worker.Composition;

/// <summary>Finds the ledger that the settings name.</summary>
public static class LedgerStores
{
    /// <summary>What is wrong with the settings; null: nothing. Does not repeat them, for there is a password among them.</summary>
    public static string? FaultIn(LedgerOptions options) =>
        options.Postgres.Length == 0 || PostgresLedger.IsConnectionString(options.Postgres)
            ? null
            : "Ledger:Postgres is no connection string of PostgreSQL; write Host=...;Port=5432;Database=...;Username=...;Password=...";

    /// <summary>The ledger, not opened yet.</summary>
    /// <exception cref="CommandException">The settings name none.</exception>
    public static ILedgerStore Find(EngineSettings settings)
    {
        var options = settings.Ledger;
        if (FaultIn(options) is { } fault)
            throw new CommandException(fault);
        Directory.CreateDirectory(settings.Data);
        return options.Postgres.Length > 0 ? new PostgresLedger(options.Postgres) : new SqliteLedger(settings.LedgerFile);
    }

    /// <summary>Brings the ledger to this build's schema and says which steps ran.</summary>
    /// <exception cref="CommandException">It cannot be used; the message says where it is.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        ILedgerStore ledger,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ledger.MigrateAsync(at, cancellationToken);
        }
        catch (InvalidOperationException fault)
        {
            throw new CommandException(fault.Message);
        }
        catch (DbException fault)
        {
            throw new CommandException($"The ledger '{ledger.Place}' cannot be used: {fault.Message}");
        }
    }
}
