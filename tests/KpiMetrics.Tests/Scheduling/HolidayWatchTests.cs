using KpiMetrics.Core.Obligations;
using KpiMetrics.Tests.Api;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Tests.Scheduling;

public sealed class HolidayWatchTests : IDisposable
{
    private static readonly WorkingCalendar Calendar = new([new(2026, "1", [], [])]);

    private readonly LogLines lines = new();
    private readonly LoggerFactory logs;
    private readonly ManualClock clock = new(DutyWorld.At("2026-10-01 00:30")); // in Vietnam; in UTC still September

    public HolidayWatchTests() => logs = new([lines]);

    public void Dispose() => logs.Dispose();

    [Fact]
    public async Task Watch_TheNextYearIsNotThere_WarnsAtTheStartAndTheDayAfter()
    {
        using var watch = new HolidayWatch(Calendar, clock, logs.CreateLogger<HolidayWatch>());
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await SaidAsync(1);
        await SaidAsync(2, TimeSpan.FromDays(1));
        await watch.StopAsync(TestContext.Current.CancellationToken);

        var said = Said();
        Assert.All(
            said,
            line =>
                Assert.StartsWith(
                    $"Warning {typeof(HolidayWatch).FullName} The holidays of 2027 are not known: ",
                    line,
                    StringComparison.Ordinal
                )
        );
        Assert.Contains("add the year to a file in 'holidays'", said[0], StringComparison.Ordinal);
    }

    private List<string> Said() => [.. lines.All.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    // The clock goes on as long as it takes: when the watch begins to wait is its own affair.
    private async Task SaidAsync(int count, TimeSpan step = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (Said().Count < count)
        {
            clock.Advance(step);
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
