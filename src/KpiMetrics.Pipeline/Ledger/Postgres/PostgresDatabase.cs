using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>One PostgreSQL database, opened the way the ledger needs it.</summary>
/// <remarks>Everything lies in the schema <see cref="Schema"/>, which is searched first, so that the database can be shared.</remarks>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    public const string Schema = "kpi";

    // The upper half of an advisory lock's first number, so that nobody else's locks in the database are ours ("KP").
    private const int LockSpace = 0x4B50 << 16;

    // What the string may say otherwise. A writer may wait for another one's whole report of some 100,000 rows.
    private const string Defaults = "Command Timeout=120;Max Auto Prepare=100;";

    private readonly NpgsqlDataSource source;

    /// <exception cref="ArgumentException">It is no connection string; the message does not repeat it.</exception>
    public PostgresDatabase(string connectionString)
    {
        var settings =
            Parse(connectionString)
            ?? throw new ArgumentException(
                "It is no connection string of PostgreSQL; allowed: Host=...;Port=5432;Database=...;Username=...;Password=...",
                nameof(connectionString)
            );
        settings.Database ??= settings.Username;
        settings.ApplicationName = "kpimetrics";
        settings.SearchPath = Schema;
        settings.Timezone = "UTC";
        settings.IncludeErrorDetail = false; // details quote rows
        settings.PersistSecurityInfo = false;
        source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        Place = $"{settings.Host}:{settings.Port}/{settings.Database}";
    }

    /// <summary>Where it is, for messages: host, port and database.</summary>
    public string Place { get; }

    /// <summary>A connection of the pool; <see cref="Schema"/> need not be there yet.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        source.OpenConnectionAsync(cancellationToken);

    /// <summary>Waits for what others do under the same lock; it is held until the transaction ends.</summary>
    public static async Task LockAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        WriteLock what,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1, $2)", connection, transaction);
        command.Parameters.Add(new() { Value = LockSpace | (int)what.Kind });
        command.Parameters.Add(new() { Value = Hash(what.Of) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    // Null where it is none. What the driver says of it may quote a part of the password, so that goes no further.
    private static NpgsqlConnectionStringBuilder? Parse(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(Defaults + connectionString);
            return string.IsNullOrEmpty(settings.Host) ? null : settings;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException)
        {
            return null;
        }
    }

    // FNV-1a: the same in every process and build. Two names with one hash wait for each other, no more.
    private static int Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = unchecked((hash ^ letter) * 16777619u);
        return unchecked((int)hash);
    }
}
