using KpiMetrics.Core.Obligations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Warns when the worker starts, and each day after, of a year whose holidays ought to be known by now and are not.</summary>
public sealed class HolidayWatch(WorkingCalendar calendar, TimeProvider clock, ILogger<HolidayWatch> logger) : BackgroundService
{
    /// <summary>What comes of it, and what is to be done.</summary>
    public const string Advice =
        "Tết and other days off count as working days where something is due, reminded of or escalated. "
        + "Once the Government Office has announced them, add the year to a file in 'holidays' of a folder of --sets, "
        + "written as seeds/holidays/viet-nam.yaml is; a worker reads it when it starts";

    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (calendar.Lacking(LocalDay.Of(clock.GetUtcNow())) is { } year)
                WorkerLog.HolidaysUnknown(logger, year, Advice);
            await Task.Delay(Between, clock, stoppingToken);
        }
    }
}
