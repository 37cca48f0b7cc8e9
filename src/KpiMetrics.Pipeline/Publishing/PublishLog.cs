using Microsoft.Extensions.Logging;

namespace KpiMetrics.Pipeline.Publishing;

internal static partial class PublishLog
{
    [LoggerMessage(
        7101,
        LogLevel.Warning,
        "Database {Database} is there already, with other shards than the ten years that fit slow figures ({Answer}); boards will be slow. See ALTER RETENTION POLICY ... SHARD DURATION 520w"
    )]
    internal static partial void OtherShards(ILogger logger, string database, string answer);

    [LoggerMessage(
        7102,
        LogLevel.Warning,
        "Bucket {Bucket} is not there as far as we may see, and could not be created ({Answer}); writing goes on"
    )]
    internal static partial void NoBucket(ILogger logger, string bucket, string answer);
}
