using System.Data.Common;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Columns as values.</summary>
internal static class SqlReading
{
    public static string? TextOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? NumberOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static DateTimeOffset Instant(this DbDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? InstantOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Instant(column);

    /// <summary>An SDMX letter.</summary>
    public static Frequency Frequency(this DbDataReader reader, int column) =>
        FrequencyCode.TryParse(reader.GetString(column), out var frequency)
            ? frequency
            : throw new InvalidDataException(
                $"The ledger has the frequency '{reader.GetString(column)}'; allowed: {FrequencyCode.Allowed}."
            );

    /// <summary>The columns <c>set_code, indicator, freq</c>, in this order from the given one.</summary>
    public static Duty Duty(this DbDataReader reader, int column) =>
        new(reader.GetString(column), reader.GetString(column + 1), reader.Frequency(column + 2));
}
