using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.Tests.Scheduling;

public sealed class JobPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    /// <summary>Its hours are obliged at all times: without a job nobody would look for them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_HoursBesideDays_HaveAJobWithoutAnEmergencyWhereTheSetObligesEach(bool obligesEach)
    {
        var catalog = new CatalogSnapshot([ScheduleWorld.Catalog.Sets[0] with { ObligesEach = obligesEach }], []);

        var plan = JobPlan.Of(catalog, new Dictionary<string, string>(), ScheduleOverrides.None, Now, _ => false);

        Assert.Equal(obligesEach, plan.Find(ScheduleWorld.Duty("T-C", Frequency.Hour)) is not null);
    }
}
