using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Scheduling;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Scheduling;

public sealed class JobPlanTests
{
    [Fact]
    public void Of_RetiredOrReportedAtAnotherFrequency_ItsLastPeriodIsStillAskedFor()
    {
        var retired = Monthly with { To = new(2026, 6, 30) };
        var coarser = Indicator("LC-B01", [Frequency.Quarter]) with
        {
            Was = [new(new(2026, 6, 30), null, null, [Frequency.Day])],
        };
        var catalog = CatalogOf(retired, coarser);

        // June is due on the 6th of July, the 30th of June on the 1st.
        Assert.Equal(["lc/LC-A01/M", "lc/LC-B01/D", "lc/LC-B01/Q"], Jobs(catalog, "2026-07-01T08:00"));
        Assert.Equal(["lc/LC-B01/Q"], Jobs(catalog, "2032-01-01"));
    }

    [Fact]
    public void Of_TheSetEnded_ItsLastPeriodsAreStillAskedFor() =>
        Assert.Equal(["lc/LC-A01/M"], Jobs(CatalogOf(Set(Monthly) with { To = new(2026, 6, 30) }), "2026-07-03"));

    [Fact]
    public void Of_SetObligesEachFrequency_HoursHaveTheirJobWithoutAnEmergency()
    {
        Assert.Equal(["lc/LC-C01/D"], Jobs(CatalogOf(Hourly), "2026-07-01"));
        Assert.Equal(["lc/LC-C01/D", "lc/LC-C01/H"], Jobs(CatalogOf(Set(Hourly) with { ObligesEach = true }), "2026-07-01"));
    }

    private static IEnumerable<string> Jobs(CatalogSnapshot catalog, string at) =>
        JobPlan
            .Of(catalog, new Dictionary<string, string>(), ScheduleOverrides.None, At(at), _ => false)
            .Jobs.Select(job => $"{job.Duty}")
            .Order(StringComparer.Ordinal);
}
