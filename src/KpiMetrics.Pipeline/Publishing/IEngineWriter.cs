namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Takes the engine's own figures. A reading that is lost is no loss: the next one follows.</summary>
public interface IEngineWriter
{
    /// <exception cref="InfluxUnavailableException">The store cannot be reached or cannot work now.</exception>
    /// <exception cref="InfluxRefusedException">The settings are wrong: somebody must act.</exception>
    Task WriteAsync(EngineReading reading, CancellationToken cancellationToken);
}
