using KpiMetrics.Pipeline.Sources;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Logs the first refused rows of a visit one by one and counts the rest: a source that sends rubbish must not fill the disk.</summary>
internal sealed class RefusalLog(ILogger logger, string set)
{
    private const int Shown = 20;

    private int count;

    public void Add(string report, RefusedRow refused)
    {
        if (++count <= Shown)
            WorkerLog.RowRefused(logger, set, report, refused.Refusal.ToString());
    }

    public void End()
    {
        if (count > Shown)
            WorkerLog.MoreRowsRefused(logger, set, count - Shown);
    }
}
