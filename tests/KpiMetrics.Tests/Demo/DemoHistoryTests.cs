using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Demo;

namespace KpiMetrics.Tests.Demo;

public sealed class DemoHistoryTests
{
    [Fact]
    public void DemoHistory_OfTheCatalog_HasBothSetsAndNoHours()
    {
        var history = DemoHistory.Of(DemoWorld.Catalog, DemoWorld.Now).ToList();

        Assert.Equal(["bac-ninh", "lao-cai"], history.Select(one => one.Duty.Set).Distinct().Order());
        Assert.DoesNotContain(history, one => one.Duty.Frequency == Frequency.Hour);
        Assert.Contains(history, one => one.Duty.ToString() == "lao-cai/LC-A14/M");
        var months = history.Single(one => one.Duty.ToString() == "bac-ninh/BN-07/M").Periods;
        Assert.Equal(("2023-11", "2026-11"), (months[0].ToString(), months[^1].ToString()));
        Assert.All(history, one => Assert.Equal(one.Periods.Count - 1, one.Periods[^1].Index - one.Periods[0].Index));
    }
}
