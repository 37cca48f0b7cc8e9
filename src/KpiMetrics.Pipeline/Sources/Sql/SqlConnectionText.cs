using Npgsql;

namespace KpiMetrics.Pipeline.Sources.Sql;

/// <summary>The connection string of a source, out of its environment variable. No message ever quotes any of it.</summary>
internal static class SqlConnectionText
{
    /// <summary>
    /// A session that can only read, stops by itself what takes too long, and speaks as we expect: whatever the office's own settings are.
    /// </summary>
    /// <exception cref="SourceUnavailableException">The variable is not set.</exception>
    /// <exception cref="BrokenReportException">It is no connection string.</exception>
    public static string Of(SqlSourceOptions options, Func<string, string?> environment)
    {
        var variable = options.Connection[2..^1];
        var text =
            environment(variable)
            ?? throw new SourceUnavailableException(
                $"source {options.Name}: connection needs the environment variable {variable}, which is not set"
            );
        return Guarded(text, options.TimeoutSeconds)
            ?? throw new BrokenReportException(
                $"source {options.Name}: the environment variable {variable} holds no connection string such as Host=db;Database=solieu;Username=doc;Password=..."
            );
    }

    // Null where it is none: the fault quotes what it could not read, so it goes no further.
    private static string? Guarded(string text, int timeoutSeconds)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(text)
            {
                ApplicationName = "KpiMetrics",
                Pooling = false, // an office's database is asked rarely: no connection is held open meanwhile
                Timeout = timeoutSeconds,
                CommandTimeout = timeoutSeconds + 5, // the last resort, behind the server's and our own
                IncludeErrorDetail = false,
                PersistSecurityInfo = false,
            };
            connection.Options = FormattableString
                .Invariant(
                    $"{connection.Options} -c default_transaction_read_only=on -c statement_timeout={timeoutSeconds}s -c datestyle=ISO -c timezone=UTC -c extra_float_digits=1"
                )
                .Trim();
            return connection.ConnectionString;
        }
        catch (Exception fault)
            when (fault is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
