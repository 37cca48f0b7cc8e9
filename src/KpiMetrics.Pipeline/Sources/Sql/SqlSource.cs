using System.Data;
using System.Net.Sockets;
using KpiMetrics.Core.Periods;
using Npgsql;
using NpgsqlTypes;

namespace KpiMetrics.Pipeline.Sources.Sql;

/// <summary>Asks one office's PostgreSQL, in a session that can only read, and gives the result as rows.</summary>
/// <remarks>
/// A server that is away, busy or slow is tried again with growing pauses, then <see cref="SourceUnavailableException"/>; a query that it
/// refuses, a wrong password, or a result that is no report is a <see cref="BrokenReportException"/> at once.
/// </remarks>
/// <param name="environment">Looks up the environment variable that holds the connection string.</param>
/// <param name="clock">Times pauses and timeouts.</param>
public sealed class SqlSource(SqlSourceOptions options, Func<string, string?> environment, TimeProvider clock) : IPulledSource
{
    private readonly SourceResilience resilience = new(options, clock);

    public SourceOptions Options => options;

    public SourceBreak? Break => resilience.Break;

    private string Place => $"source {options.Name}: the database";

    public async Task<IReadOnlyList<SourceReport>> AskAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        var connection = SqlConnectionText.Of(options, environment);
        return await resilience.AskAsync(
            Place,
            async token =>
                await resilience.TryAsync(Place, async attempt => await QueryAsync(connection, question, attempt), token),
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<SourceReport>> QueryAsync(
        string connectionText,
        SourceQuestion question,
        CancellationToken cancellationToken
    )
    {
        BrokenReportException? broken = null;
        try
        {
            await using var connection = new NpgsqlConnection(connectionText);
            await connection.OpenAsync(cancellationToken);
            await using var command = Command(connection, question);
            await using var reader = await command.ExecuteReaderAsync(
                CommandBehavior.SequentialAccess | CommandBehavior.SingleResult,
                cancellationToken
            );
            try
            {
                return await new SqlRows(options, question, clock.GetUtcNow()).ReadAsync(reader, cancellationToken);
            }
            catch (BrokenReportException fault)
            {
                broken = fault;
                command.Cancel(); // closing the reader would fetch all that is left of the result
                throw;
            }
        }
        catch (PostgresException fault)
        {
            throw broken ?? SqlFaults.Of(fault, Place, options.TimeoutSeconds);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or SocketException or TimeoutException)
        {
            throw new SourceUnavailableException($"{Place} cannot be reached: {fault.GetBaseException().Message}", fault);
        }
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, SourceQuestion question)
    {
        var command = connection.CreateCommand();
        command.CommandText = options.Query;
        command.AllResultTypesAreUnknown = true; // as text: a numeric may have more digits than any type here holds
        command.Parameters.Add(new("indicator", NpgsqlDbType.Text) { Value = question.Indicator });
        command.Parameters.Add(new("frequency", NpgsqlDbType.Text) { Value = question.First.Frequency.Code() });
        command.Parameters.Add(new("from", NpgsqlDbType.Date) { Value = question.Window.FirstDay });
        command.Parameters.Add(new("to", NpgsqlDbType.Date) { Value = question.Window.LastDay });
        command.Parameters.Add(
            new("periods", NpgsqlDbType.Array | NpgsqlDbType.Text)
            {
                Value = question.Periods.Select(period => period.ToString()).ToArray(),
            }
        );
        return command;
    }
}
