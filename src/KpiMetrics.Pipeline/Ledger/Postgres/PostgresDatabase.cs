using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>One PostgreSQL database, opened the way the ledger needs it.</summary>
/// <remarks>Everything lies in the schema <see cref="Schema"/>, which is searched first, so that the database can be shared.</remarks>
internal sealed class PostgresDatabase : SqlDatabase, IAsyncDisposable
{
    public const string Schema = "kpi";

    // The upper half of an advisory lock's first number, so that nobody else's locks in the database are ours ("KP").
    private const int LockSpace = 0x4B50 << 16;

    // What the string may say otherwise. A writer may wait for another one's whole report of some 100,000 rows.
    // No session keeps anything that a reset would have to take away. Connections are used in turn, and each plans its statements for itself: few that are
    // used often are faster than many. Pushes and duties take 16 of them at most, which they give back by themselves.
    private const string Defaults =
        "Command Timeout=120;Max Auto Prepare=100;Auto Prepare Min Usages=2;Maximum Pool Size=24;No Reset On Close=true;";

    // A plan that fits all values is made once: figures lie in some thirty partitions, and planning anew takes ten times as long as the reading.
    // Such a plan may be older than what the tables hold by now, so it goes by keys, never through a table that was small once.
    private const string PlanOnce = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

    /// <summary>Makes the statements of a transaction be planned for their values, where they have so many that the way matters more than the planning.</summary>
    public const string PlanAnew = "SET LOCAL plan_cache_mode = force_custom_plan";

    /// <summary>Takes <see cref="PlanAnew"/> back.</summary>
    public const string PlanAgainOnce = "SET LOCAL plan_cache_mode TO DEFAULT";

    /// <summary>From so many values on a statement is planned for them.</summary>
    public const int Many = 100;

    // A process that stands still, frozen or cut off, must not keep its locks from all others: the server ends its transaction then.
    private const string LongestPause = "10s";

    // How often a write is begun that the server gives up, because two of them wait for each other.
    private const int Attempts = 5;

    private readonly NpgsqlDataSource source;

    /// <exception cref="ArgumentException">It is no connection string; the message does not repeat it.</exception>
    public PostgresDatabase(string connectionString)
    {
        var settings = SettingsOf(connectionString, "kpimetrics");
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(
            _ => Forget(),
            _ =>
            {
                Forget();
                return Task.CompletedTask;
            }
        );
        source = builder.Build();
        Place = $"PostgreSQL {settings.Host}:{settings.Port}/{settings.Database}";
    }

    /// <summary>The numbers of sources that need not be looked for again.</summary>
    public ConcurrentDictionary<string, int> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Where it is, for messages: host, port and database; never the password.</summary>
    public override string Place { get; }

    public static bool IsConnectionString(string text) => Parse(text) is not null;

    public override string NextAuditId => "SELECT nextval('audit_id_seq')";

    // That of the transaction would have stood still while it waited.
    public override string Now => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    public override string Number(string digits) => $"CAST({digits} AS NUMERIC)";

    /// <summary>
    /// A condition on observations, in so many words that the planner leaves the tables of other years out: of parameters it learns only when a statement has begun,
    /// and to open some thirty tables takes longer than to read a figure. Few years are reported at a time, so there are few such statements.
    /// </summary>
    /// <param name="years">At least one.</param>
    public static string YearsOf(IReadOnlyCollection<int> years) =>
        string.Create(CultureInfo.InvariantCulture, $"year BETWEEN {years.Min()} AND {years.Max()}");

    public override string AndYearBetween(string first, string last) => $" AND year BETWEEN {first} AND {last}";

    // OFFSET keeps the planner from joining whole tables, which it finds cheaper from some hundred rows on: cheaper it is while the table is small.
    public override string JoinByKey(string table, string alias, string on) =>
        $"CROSS JOIN LATERAL (SELECT * FROM {table} AS {alias} WHERE {on} OFFSET 0) AS {alias}";

    /// <summary>A connection of the pool; <see cref="Schema"/> need not be there yet.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        source.OpenConnectionAsync(cancellationToken);

    public override async ValueTask<SqlSession> OpenAsync(CancellationToken cancellationToken) =>
        new PostgresSession(await ConnectAsync(cancellationToken), null);

    public override async ValueTask<SqlSession> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        var session = await BeginAsync(IsolationLevel.RepeatableRead, cancellationToken);
        try
        {
            await session.ExecuteAsync("SET TRANSACTION READ ONLY", [], cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask<SqlSession> BeginAsync(IReadOnlyList<WriteLock> locks, CancellationToken cancellationToken)
    {
        var session = await BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            var batch = new PostgresBatch(session.Connection, session.Transaction);
            foreach (var what in locks)
                Lock(batch, what);
            await batch.SendAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public override async Task<T> WriteAsync<T>(
        IReadOnlyList<WriteLock> locks,
        Func<SqlSession, Task<T>> write,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await base.WriteAsync(locks, write, cancellationToken);
            }
            catch (PostgresException fault) when (attempt < Attempts && IsGivenUp(fault))
            {
                // The server ended it so that another could go on; nothing of it is there.
            }
        }
    }

    public override async Task<bool> TryExecuteAsync(
        string sql,
        IReadOnlyList<object?> values,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var session = await BeginAsync([], cancellationToken);
            await session.ExecuteAsync("SET LOCAL lock_timeout = '1s'", [], cancellationToken);
            await session.ExecuteAsync(sql, values, cancellationToken);
            await session.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    /// <summary>Waits for what others do under the same lock; it is held until the transaction ends.</summary>
    public static void Lock(PostgresBatch batch, WriteLock what) =>
        batch.Add(
            what.IsShared
                ? "SELECT set_config('idle_in_transaction_session_timeout', $3, true), pg_advisory_xact_lock_shared($1, $2)"
                : "SELECT set_config('idle_in_transaction_session_timeout', $3, true), pg_advisory_xact_lock($1, $2)",
            _ => { },
            LockSpace | (int)what.Kind,
            Hash(what.Of),
            LongestPause
        );

    public ValueTask DisposeAsync() => source.DisposeAsync();

    // Behind a new connection may be another server, which took over from one that failed, and may not know the last of what that one knew.
    private void Forget()
    {
        Series.Forget();
        Sources.Clear();
    }

    private async ValueTask<PostgresSession> BeginAsync(IsolationLevel isolation, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        try
        {
            return new(connection, await connection.BeginTransactionAsync(isolation, cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static bool IsGivenUp(PostgresException fault) =>
        fault.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>The string for somebody else's connections to the same tables.</summary>
    /// <param name="most">How many at once.</param>
    /// <param name="pause">After how long within a transaction in which nothing is asked the server ends it, and with it all its locks.</param>
    /// <exception cref="ArgumentException">It is no connection string; the message does not repeat it.</exception>
    public static string ConnectionFor(string connectionString, string application, int most, TimeSpan pause)
    {
        var settings = SettingsOf(connectionString, application);
        settings.MaxPoolSize = most;
        settings.Options = string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Options} -c idle_in_transaction_session_timeout={pause.TotalMilliseconds:0}"
        );
        return settings.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder SettingsOf(string connectionString, string application)
    {
        var settings =
            Parse(connectionString)
            ?? throw new ArgumentException(
                "It is no connection string of PostgreSQL; allowed: Host=...;Port=5432;Database=...;Username=...;Password=...",
                nameof(connectionString)
            );
        settings.Database ??= settings.Username;
        settings.ApplicationName = application;
        settings.SearchPath = Schema;
        settings.Timezone = "UTC";
        settings.IncludeErrorDetail = false; // details quote rows
        settings.Options = $"{PlanOnce} {settings.Options}".TrimEnd(); // its own options come last, and win
        settings.PersistSecurityInfo = false;
        return settings;
    }

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
