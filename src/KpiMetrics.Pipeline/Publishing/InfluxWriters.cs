using Microsoft.Extensions.Logging;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Makes the writer that the options ask for.</summary>
public static class InfluxWriters
{
    /// <summary>A client for the writers, to be kept for the life of the process.</summary>
    /// <remarks>It follows no redirects, which would turn a write into a read and lose it, and leaves timeouts to the writers.</remarks>
    public static HttpClient CreateClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <exception cref="ArgumentException">The options have faults, all of them named.</exception>
    public static IInfluxWriter Create(HttpClient http, InfluxOptions options, ILogger logger)
    {
        var faults = InfluxOptionsValidator.Faults(options);
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        return options.Version == 1 ? new InfluxV1Writer(http, options, logger) : new InfluxV2Writer(http, options, logger);
    }
}
