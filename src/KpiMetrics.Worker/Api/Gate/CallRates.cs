using System.Threading.RateLimiting;

namespace KpiMetrics.Worker.Api.Gate;

/// <summary>How many calls each caller may make in a minute, reads and writes counted apart.</summary>
internal sealed class CallRates(ApiOptions options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<(string Caller, bool Writes)> limiter = PartitionedRateLimiter.Create<
        (string Caller, bool Writes),
        (string Caller, bool Writes)
    >(call =>
        RateLimitPartition.GetFixedWindowLimiter(
            call,
            of =>
                new()
                {
                    PermitLimit = of.Writes ? options.WritesPerMinute : options.ReadsPerMinute,
                    Window = Window,
                    QueueLimit = 0,
                }
        )
    );

    /// <summary>Null where the call may be made; else how long to wait.</summary>
    public TimeSpan? Take(string caller, bool writes)
    {
        using var lease = limiter.AttemptAcquire((caller, writes));
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    public void Dispose() => limiter.Dispose();
}
