using Npgsql;

namespace KpiMetrics.Pipeline.Sources.Sql;

/// <summary>Whose fault an error of the server is, by the class of its SQLSTATE.</summary>
internal static class SqlFaults
{
    // Of the query, its data, its rights or the address: asking again gives the same.
    private static readonly string[] Lasting = ["0A", "21", "22", "25", "28", "3D", "3F", "42", "54"];

    /// <param name="place">What messages call the database.</param>
    public static Exception Of(PostgresException fault, string place, int timeoutSeconds)
    {
        if (fault.SqlState == PostgresErrorCodes.QueryCanceled)
            return new SourceUnavailableException($"{place} did not answer within {timeoutSeconds} s", fault);
        var message = $"{place} says {fault.SqlState}: {fault.MessageText.ReplaceLineEndings(" ")}";
        return Lasting.Contains(fault.SqlState[..2], StringComparer.Ordinal)
            ? new BrokenReportException(message, fault)
            : new SourceUnavailableException(message, fault);
    }
}
