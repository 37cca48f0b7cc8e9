using System.Data.Common;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Obligations;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the obligations' job does, with one log line where something changed.</summary>
internal sealed class ObligationRounds(ObligationStage stage, ILogger<ObligationRounds> logger)
{
    private string? outage;

    /// <summary>The duties that an emergency obliges as of the last run, or did until some hours before.</summary>
    public IReadOnlySet<Duty> Hourly => stage.Hourly;

    /// <summary>Whether an emergency obliges the duty now, or did until some hours ago.</summary>
    public bool IsHourly(Duty duty) => Hourly.Contains(duty);

    public async Task RunAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var (created, voided) = await stage.RunAsync(at, created => WorkerLog.Planning(logger, created), cancellationToken);
            outage = null;
            if (created + voided > 0)
                WorkerLog.Planned(logger, created, voided);
        }
        catch (DbException fault)
        {
            if (outage != fault.Message)
                WorkerLog.NotPlanned(logger, fault.Message);
            outage = fault.Message;
        }
    }
}
