using KpiMetrics.Core.Obligations;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Lanes;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Rings for one duty and is done: its lane does the work, so that a source that hangs never holds a thread of the scheduler.</summary>
internal sealed class DoorbellJob(LaneSet lanes, JobSync sync) : IJob
{
    public const string Group = "collect";

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (Duty.TryParse(context.JobDetail.Key.Name, out var duty))
            lanes.Ring(duty, sync.Plan.Find(duty)?.Priority ?? PlannedJob.DefaultPriority);
        return ValueTask.CompletedTask;
    }

    public static JobKey Key(Duty duty) => new(duty.ToString(), Group);

    public static IJobDetail Detail(Duty duty) => JobBuilder.Create<DoorbellJob>().WithIdentity(Key(duty)).Build();

    public static ITrigger Trigger(PlannedJob job, DateTimeOffset at) =>
        TriggerBuilder
            .Create()
            .ForJob(Key(job.Duty))
            .WithIdentity(job.Duty.ToString(), Group)
            .WithDescription(job.Cron) // listed with the trigger, which spares a look into each
            .StartAt(at)
            .WithCronSchedule(
                job.Cron,
                cron => cron.InTimeZone(VietnamTime.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)
            )
            .Build();
}
