using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Rows of the ledger's tables as values.</summary>
internal static class SqliteStatements
{
    /// <summary>The columns <c>id, set_code, indicator, measure, subject, area, freq</c>, in this order from the first.</summary>
    public static (int Id, SeriesKey Key) ReadKey(SqliteDataReader reader)
    {
        var letter = reader.GetString(6);
        if (!FrequencyCode.TryParse(letter, out var frequency))
            throw new InvalidDataException(
                $"Series {reader.GetInt32(0)} has frequency '{letter}'; allowed: {FrequencyCode.Allowed}."
            );
        return (
            reader.GetInt32(0),
            new(
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetString(5),
                frequency
            )
        );
    }

    /// <summary>The columns <c>period, source_id, received_at, number, text, status, vintage, note</c>, ordered by period and time.</summary>
    /// <param name="sources">The names of sources by their ids.</param>
    public static List<PeriodStatements> ReadPeriods(
        SqliteDataReader reader,
        Frequency frequency,
        IReadOnlyDictionary<long, string> sources
    )
    {
        var periods = new List<PeriodStatements>();
        var statements = new List<Statement>();
        var current = -1;
        while (reader.Read())
        {
            var index = reader.GetInt32(0);
            if (index != current)
            {
                statements = [];
                periods.Add(new(Period.FromIndex(frequency, index), statements));
                current = index;
            }
            statements.Add(ReadStatement(reader, sources));
        }
        return periods;
    }

    private static Statement ReadStatement(SqliteDataReader reader, IReadOnlyDictionary<long, string> sources) =>
        new(
            sources[reader.GetInt64(1)],
            reader.Instant(2),
            StoredValue.Read(reader.TextOrNull(3), reader.TextOrNull(4)),
            reader.GetString(5)[0],
            (Vintage)reader.GetInt32(6),
            reader.TextOrNull(7)
        );
}
