using KpiMetrics.Core.Periods;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The doorbell of one indicator at one frequency: looks into the set's inbox and asks the sources.</summary>
[DisallowConcurrentExecution]
internal sealed class CollectJob(CollectionRounds rounds, TimeProvider clock) : IJob
{
    public const string Group = "collect";
    public const string SetKey = "set";
    public const string IndicatorKey = "indicator";
    public const string FrequencyKey = "frequency";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        var set = Text(data, SetKey);
        if (!FrequencyCode.TryParse(Text(data, FrequencyKey), out var frequency))
            throw new JobExecutionException($"The job {context.JobDetail.Key} has no frequency.");
        var at = clock.GetUtcNow();
        await rounds.InboxAsync(set, at, cancellationToken);
        await rounds.HttpAsync(set, Text(data, IndicatorKey), frequency, at, cancellationToken);
    }

    private static string Text(JobDataMap data, string key) =>
        data.GetString(key) ?? throw new JobExecutionException($"The job's data lacks '{key}'.");
}
