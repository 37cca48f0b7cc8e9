using KpiMetrics.Core.Obligations;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling.Cluster;

/// <summary>The lines of several workers on one ledger, one id each: 43xx.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(4301, LogLevel.Warning, "Worker {Holder} is gone: {Duties} duties are looked at for what it left behind")]
    internal static partial void Replaced(ILogger logger, string holder, int duties);

    [LoggerMessage(4302, LogLevel.Warning, "{Duty}: {Holder} did not end it; this worker goes on with it")]
    internal static partial void GoesOn(ILogger logger, Duty duty, string holder);

    [LoggerMessage(
        4303,
        LogLevel.Warning,
        "This worker stood still, or was cut off from the ledger, for more than {Seconds} s: others went on with what it had begun"
    )]
    internal static partial void StoodStill(ILogger logger, int seconds);

    [LoggerMessage(4304, LogLevel.Warning, "The other workers cannot be seen: {Fault}")]
    internal static partial void NotWatched(ILogger logger, string fault);

    [LoggerMessage(4305, LogLevel.Warning, "{Work}: {Fault}")]
    internal static partial void Stale(ILogger logger, string work, string fault);

    [LoggerMessage(4306, LogLevel.Information, "This worker is {Name}, known to others as {Holder}")]
    internal static partial void Named(ILogger logger, string name, string holder);
}
