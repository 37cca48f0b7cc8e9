using System.Globalization;
using System.Text;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>A reading as a line of InfluxDB's line protocol; what is not known is not there.</summary>
internal static class EngineLine
{
    public static string Of(EngineReading reading)
    {
        var line = new StringBuilder(InfluxNames.Engine);
        line.Append(',').Append(InfluxNames.Worker).Append('=').Append(LineProtocol.EscapeTag(reading.Worker));
        var separator = ' ';
        Append(InfluxNames.Waiting, reading.Waiting);
        Append(InfluxNames.Lag, reading.Lag?.TotalSeconds);
        Append(InfluxNames.Refused, reading.Refused);
        Append(InfluxNames.Overdue, reading.Overdue);
        Append(InfluxNames.Missing, reading.Missing);
        Append(InfluxNames.Failing, reading.Failing);
        Append(InfluxNames.Memory, reading.Memory);
        return line.Append(CultureInfo.InvariantCulture, $" {reading.At.ToUnixTimeSeconds()}\n").ToString();

        void Append(string field, double? value)
        {
            if (value is not { } number)
                return;
            line.Append(separator).Append(CultureInfo.InvariantCulture, $"{field}={number}");
            separator = ',';
        }
    }
}
