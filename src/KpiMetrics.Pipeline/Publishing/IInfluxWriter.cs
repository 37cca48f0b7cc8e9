namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Writes all that goes to InfluxDB.</summary>
public interface IInfluxWriter : IPointWriter, IEngineWriter;
